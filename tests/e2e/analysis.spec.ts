import { expect, type Page, test } from '@playwright/test';
import { FrequencyAxis } from '../../web/app/draw/frequency-axis.ts';
import { plotArea } from '../../web/app/draw/spectrum-plot.ts';
import { runAudio, shownNumber, start } from '../support/app.ts';
import { axeFile, violations } from '../support/axe.ts';
import { PageServer } from '../support/page-server.ts';
import { columnBrightness, pictureOf } from '../support/picture.ts';
import { sine, wavFile } from '../support/wav.ts';

declare global {
  // Only `var` puts a name on globalThis.
  var shifts: number;
}

// Long enough for a busy machine; a long window takes 0.7 s of audio.
const settled = { timeout: 20_000 };

// Pictures are judged on the dark theme, where loud is bright.
test.use({ colorScheme: 'dark' });

/** The waterfall's element, as far as tests look into it. */
type WaterfallPanel = HTMLElement & { readonly rows: number };

/** Starts the oscillator in a view, with a set-up. */
async function open(page: Page, view: 'spectrum' | 'tuner', query = ''): Promise<void> {
  await start(page, 'oscillator', `/?rate=48000${query}#${view}`);
  const figure = view === 'spectrum' ? 'cursor-hz' : 'tuner-cents';
  await expect(page.getByTestId(figure)).toHaveAttribute('data-value', /\d/, settled);
}

function rowsOf(page: Page): Promise<number> {
  return page.locator('quanta-waterfall-panel').evaluate((panel) => (panel as WaterfallPanel).rows);
}

/** Windows that the engine has analysed. */
function windows(page: Page): Promise<number> {
  return page.evaluate(() => window.quanta!.analyzer.latest()?.number ?? -1);
}

test('the spectrum reads a tone’s frequency, note and level', async ({ page }) => {
  await open(page, 'spectrum');
  await expect(page.getByTestId('cursor-hz')).toHaveText('440.000');
  await expect(page.getByTestId('cursor-note')).toHaveText('A4');
  expect(await shownNumber(page, 'cursor-cents')).toBeCloseTo(0, 3);
  expect(await shownNumber(page, 'cursor-db')).toBeCloseTo(-12, 1);
});

test('the cursor goes by keys, and says where it is', async ({ page }) => {
  await open(page, 'spectrum');
  const slider = page.getByRole('slider', { name: 'Cursor in the spectrum' });
  await slider.focus();
  await page.keyboard.press('Home');
  await expect(slider).toHaveAttribute('aria-valuetext', /^20\.000 Hz, E♭0 /);
  await page.keyboard.press('ArrowRight');
  await expect(slider).toHaveAttribute('aria-valuetext', /^20\.\d*[1-9]\d* Hz/);
  await page.keyboard.press('PageUp');
  await expect(slider).toHaveAttribute(
    'aria-valuetext',
    'Partial at 440.000 Hz, A4 0.0 cents, −12.0 dBFS.',
  );
  await page.keyboard.press('End');
  await expect(slider).toHaveAttribute('aria-valuetext', /^20000\.000 Hz/);
  await page.getByTestId('frequency-scale').selectOption('linear');
  await expect(slider).toHaveAttribute('aria-valuetext', /^20000\.000 Hz/);
  await slider.focus();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('cursor-hz')).toHaveText('440.000');
});

test('the cursor goes by the pointer, and holds on to a partial', async ({ page }) => {
  await open(page, 'spectrum');
  const box = (await page.getByTestId('spectrum').boundingBox())!;
  const area = plotArea({ width: box.width, height: box.height, unit: 1 });
  const xOf = (hz: number) =>
    box.x + area.left + new FrequencyAxis('log', 48_000).position(hz) * area.width;
  await page.mouse.move(xOf(440) + 3, box.y + box.height / 2);
  await expect(page.getByTestId('cursor-hz')).toHaveText('440.000');
  await page.mouse.move(xOf(2000), box.y + box.height / 2);
  await expect.poll(() => shownNumber(page, 'cursor-hz')).toBeGreaterThan(1980);
  expect(await shownNumber(page, 'cursor-hz')).toBeLessThan(2020);
  expect(await shownNumber(page, 'cursor-db')).toBeLessThan(-100);
});

test('the strongest partials are listed with their notes', async ({ page }) => {
  await open(page, 'spectrum', '&waveform=sawtooth');
  const rows = page.getByTestId('partial');
  await expect(rows).toHaveCount(8);
  for (const [index, text] of [/^1440\.000.*A4/, /^2880\.000.*A5/, /^31320\.000.*E6/].entries()) {
    await expect(rows.nth(index)).toHaveText(text, settled);
  }
  await expect(rows.nth(4)).toContainText('−13.69');
});

test('A-weighting takes off what the standard says', async ({ page }) => {
  await open(page, 'spectrum', '&frequency=100');
  expect(await shownNumber(page, 'cursor-db')).toBeCloseTo(-12, 1);
  await page.getByTestId('a-weighting').check();
  await expect.poll(() => shownNumber(page, 'cursor-db'), settled).toBeCloseTo(-12 - 19.1, 0);
});

test('the peak hold keeps a tone that has gone', async ({ page }) => {
  await open(page, 'spectrum', '&peak-hold=true');
  await expect(page.getByTestId('peak-hold')).toBeChecked();
  const box = (await page.getByTestId('spectrum').boundingBox())!;
  const area = plotArea({ width: box.width, height: box.height, unit: 1 });
  const column = Math.round(
    area.left + new FrequencyAxis('log', 48_000).position(440) * area.width,
  );
  const held = async () => {
    const picture = await pictureOf(page, 'spectrum');
    return columnBrightness(picture, column, area.top, area.top + Math.round(area.height / 2));
  };
  const before = await held();
  await page.getByTestId('source').focus();
  await page.evaluate(() =>
    window.quanta!.mixer.send({ kind: 'set', input: 0, parameter: 'mute', value: 1 }),
  );
  await expect.poll(() => shownNumber(page, 'cursor-db'), settled).not.toBeCloseTo(-12, 0);
  expect(await held()).toBeGreaterThan(before * 0.3);
  await page.getByTestId('peak-hold').uncheck();
  await expect.poll(held, settled).toBeLessThan(before * 0.3);
});

test('the waterfall has a bright line where the tone is', async ({ page }) => {
  await open(page, 'spectrum', '&frequency=1000');
  await expect.poll(() => rowsOf(page), settled).toBeGreaterThan(20);
  const picture = await pictureOf(page, 'waterfall');
  const area = plotArea({ ...picture, unit: 1 });
  const brightness = Array.from({ length: area.width }, (_, column) =>
    columnBrightness(picture, area.left + column, area.top + 1, area.top + 10),
  );
  const expected = new FrequencyAxis('log', 48_000).position(1000) * area.width;
  const brightest = brightness.indexOf(Math.max(...brightness));
  expect(Math.abs(brightest + 0.5 - expected)).toBeLessThan(2);
  expect(Math.max(...brightness)).toBeGreaterThan(150);
  const dark = brightness.filter((value) => value < 40);
  expect(dark.length).toBeGreaterThan(area.width * 0.95);
});

test('the waterfall goes on while the page is blocked', async ({ page }) => {
  await open(page, 'spectrum');
  await expect.poll(() => rowsOf(page), settled).toBeGreaterThan(5);
  const rows = await page.locator('quanta-waterfall-panel').evaluate((element) => {
    const panel = element as WaterfallPanel;
    const counts = [panel.rows];
    // Looked at ten times: a Worker that only catches up at the end would show in none of them.
    for (let part = 0; part < 10; part += 1) {
      const end = performance.now() + 100;
      while (performance.now() < end);
      counts.push(panel.rows);
    }
    return counts;
  });
  expect(rows.at(-1)! - rows[0]!).toBeGreaterThan(10);
  const grown = rows.filter((count, index) => index > 0 && count > rows[index - 1]!);
  expect(grown.length).toBeGreaterThan(4);
});

test('after Stop the picture stays, and the next session begins a new one', async ({ page }) => {
  await open(page, 'spectrum');
  await expect.poll(() => rowsOf(page), settled).toBeGreaterThan(20);
  await page.getByTestId('stop').click();
  await expect(page.getByTestId('waterfall')).toBeVisible();
  const stopped = await rowsOf(page);
  await page.getByTestId('start').click();
  await runAudio(page, 1);
  await expect.poll(() => rowsOf(page), settled).toBeGreaterThan(0);
  expect(await rowsOf(page)).toBeLessThan(stopped + 20);
});

test('the tuner reads a tone to a thousandth of a cent', async ({ page }) => {
  await open(page, 'tuner');
  await expect(page.getByTestId('tuner-note')).toHaveText('A4');
  expect(Math.abs(await shownNumber(page, 'tuner-cents'))).toBeLessThanOrEqual(0.001);
  await expect(page.getByTestId('tuner-error')).toHaveText('± <0.001');
  await expect(page.getByTestId('tune-state')).toHaveText('● In tune');
});

test('another reference pitch moves the cents as calculated', async ({ page }) => {
  await open(page, 'tuner');
  await page.getByTestId('reference').fill('442');
  await page.getByTestId('reference').press('Enter');
  const cents = 1200 * Math.log2(440 / 442);
  await expect.poll(() => shownNumber(page, 'tuner-cents'), settled).toBeCloseTo(cents, 3);
  await expect(page.getByTestId('tune-state')).toContainText('Flat');
  await page.getByTestId('reference').fill('500');
  await page.getByTestId('reference').press('Enter');
  await expect(page.getByTestId('reference')).toHaveValue('442');
});

test('another temperament moves the cents as calculated', async ({ page }) => {
  await open(page, 'tuner', '&frequency=660');
  const equal = 1200 * Math.log2(660 / 440) - 700;
  await expect(page.getByTestId('tuner-note')).toHaveText('E5');
  expect(await shownNumber(page, 'tuner-cents')).toBeCloseTo(equal, 3);
  await expect(page.getByTestId('temperament-root')).toBeDisabled();
  await page.getByTestId('temperament').selectOption('pythagorean');
  await expect.poll(() => shownNumber(page, 'tuner-cents'), settled).toBeCloseTo(0, 3);
  // A quarter of the syntonic comma.
  await page.getByTestId('temperament').selectOption('meantone');
  const comma = 1200 * Math.log2(81 / 80);
  await expect.poll(() => shownNumber(page, 'tuner-cents'), settled).toBeCloseTo(comma / 4, 3);
  // On C sharp the wolf lies between A and E.
  await page.getByTestId('temperament-root').selectOption('1');
  const wolf = 7 * 1200 - 11 * (1200 * Math.log2(1.5) - comma / 4);
  await expect
    .poll(() => shownNumber(page, 'tuner-cents'), settled)
    .toBeCloseTo(equal + 700 - wolf, 3);
});

test('a stiff string is read at its first partial, and stretches its octaves', async ({ page }) => {
  const [rate, baseHz, inharmonicity] = [48_000, 220, 4e-4];
  const partialHz = (n: number) => baseHz * n * Math.sqrt(1 + inharmonicity * n * n);
  const partials = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => sine(partialHz(n), 0.2 / n, 6, rate));
  const string = partials[0]!.map((_, frame) => partials.reduce((sum, p) => sum + p[frame]!, 0));
  await page.goto(`/?source=file&rate=${rate}#tuner`);
  await page.getByTestId('file-input').setInputFiles({
    name: 'string.wav',
    mimeType: 'audio/wav',
    buffer: wavFile([string], rate),
  });
  await page.getByTestId('start').click();
  const cents = 1200 * Math.log2(partialHz(1) / baseHz);
  const octave = 1200 * Math.log2(partialHz(2) / (2 * partialHz(1)));
  await expect.poll(() => shownNumber(page, 'tuner-cents'), settled).toBeCloseTo(cents, 2);
  await expect(page.getByTestId('stretch-cents')).toHaveText('not applied');
  expect(await shownNumber(page, 'octave-cents')).toBeCloseTo(octave, 2);
  // An octave below A4 the target goes down by as much.
  await page.getByTestId('stretch').check();
  await expect.poll(() => shownNumber(page, 'tuner-cents'), settled).toBeCloseTo(cents + octave, 2);
});

test('the strobe stands still when the note is in tune, and moves when it is not', async ({
  page,
}) => {
  const apart = async () => {
    const first = await pictureOf(page, 'strobe');
    await runAudio(page, 0.3);
    const second = await pictureOf(page, 'strobe');
    const changes = first.brightness.map((value, at) =>
      Math.abs(value - (second.brightness[at] ?? 0)),
    );
    return changes.filter((change) => change > 20).length / changes.length;
  };
  await open(page, 'tuner');
  expect(await apart()).toBeLessThan(0.001);
  await page.getByTestId('reference').fill('440.5');
  await page.getByTestId('reference').press('Enter');
  await expect.poll(apart, settled).toBeGreaterThan(0.01);
});

test('people who want less motion get the cents without the strobe', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await open(page, 'tuner', '&reference=440.5');
  await expect(page.getByTestId('strobe-note')).toHaveText('strobe at rest: less motion');
  const { brightness } = await pictureOf(page, 'strobe');
  expect(brightness.every((value) => value < 60)).toBe(true);
});

test('the tuner says so when nothing has a pitch', async ({ page }) => {
  await open(page, 'tuner');
  await page.evaluate(() =>
    window.quanta!.mixer.send({ kind: 'set', input: 0, parameter: 'mute', value: 1 }),
  );
  await expect(page.getByTestId('tune-state')).toHaveText('No pitch: play a note', settled);
  await expect(page.getByTestId('tuner-note')).toHaveText('–');
  await expect(page.getByTestId('tuner-cents')).not.toHaveAttribute('data-value');
});

test('an input is analysed as it arrives', async ({ page }) => {
  await open(page, 'spectrum', '&analyse=0&window=short');
  await page.evaluate(() =>
    window.quanta!.mixer.send({ kind: 'set', input: 0, parameter: 'mute', value: 1 }),
  );
  await runAudio(page, 1);
  await expect(page.getByTestId('cursor-hz')).toHaveText('440.000');
  const analysis = await page.evaluate(() => {
    const { input, windowFrames } = window.quanta!.analyzer.latest()!;
    return { input, windowFrames };
  });
  expect(analysis).toEqual({ input: 0, windowFrames: 4096 });
});

test('the engine analyses only while somebody looks', async ({ page }) => {
  await start(page, 'oscillator');
  await runAudio(page, 1);
  expect(await windows(page)).toBe(-1);
  await page.keyboard.press('3');
  await expect.poll(() => windows(page), settled).toBeGreaterThan(2);
  // From view to view it goes on.
  const before = await windows(page);
  await page.keyboard.press('4');
  await expect.poll(() => windows(page), settled).toBeGreaterThan(before + 2);
  await page.keyboard.press('1');
  await runAudio(page, 0.3);
  const rested = await windows(page);
  await runAudio(page, 1);
  expect(await windows(page)).toBe(rested);
});

test('a link brings the analysis over', async ({ page }) => {
  await page.goto('/?reference=443&temperament=vallotti&root=5&window=short&axis=linear&range=90');
  await expect(page.getByTestId('setup-link')).toHaveAttribute('href', /temperament=vallotti/);
  await page.getByTestId('source').selectOption('oscillator');
  await page.getByTestId('start').click();
  await page.keyboard.press('4');
  await expect(page.getByTestId('temperament-root')).toHaveValue('5');
  await expect(page.getByTestId('reference')).toHaveValue('443');
  await page.getByTestId('reference').blur();
  await page.keyboard.press('3');
  await expect(page.getByTestId('frequency-scale')).toHaveValue('linear');
  await expect(page.getByTestId('spectrum-range')).toHaveValue('90');
  await expect(page.getByTestId('analysis-window')).toHaveValue('short');
});

test('without shared memory both views say what is missing', async ({ page }) => {
  await using server = await PageServer.start([]);
  await page.goto(`${server.url}/?source=oscillator#spectrum`);
  await expect(page.getByTestId('spectrum-empty')).toContainText('memory that the page shares');
  await page.getByTestId('start').click();
  await expect(page.getByTestId('spectrum-empty')).toContainText('no analysis', settled);
  await page.keyboard.press('4');
  await expect(page.getByTestId('tuner-empty')).toContainText('no analysis', settled);
});

for (const view of ['spectrum', 'tuner'] as const) {
  for (const colorScheme of ['dark', 'light'] as const) {
    test(`everybody can use the ${view} in the ${colorScheme} theme`, async ({ page }) => {
      await page.addInitScript({ path: axeFile });
      await page.emulateMedia({ colorScheme });
      await page.goto(`/#${view}`);
      await expect(page.getByTestId(`${view}-empty`)).toBeVisible();
      expect(await violations(page)).toEqual([]);
      await open(page, view, '&reference=442');
      expect(await violations(page)).toEqual([]);
      await page.getByTestId('stop').click();
      expect(await violations(page)).toEqual([]);
    });
  }

  test(`nothing moves in the ${view} while its figures change`, async ({ page }) => {
    await page.addInitScript(() => {
      globalThis.shifts = 0;
      new PerformanceObserver((list) => {
        globalThis.shifts += list.getEntries().length;
      }).observe({ type: 'layout-shift' });
    });
    await open(page, view, '&waveform=sawtooth&sweep=true&frequency=30');
    const before = await page.evaluate(() => globalThis.shifts);
    await runAudio(page, 4);
    expect(await page.evaluate(() => globalThis.shifts)).toBe(before);
  });

  for (const width of [360, 720, 1024]) {
    test(`nothing of the ${view} sticks out at ${width} pixels`, async ({ page }) => {
      await page.setViewportSize({ width, height: 740 });
      await open(page, view, '&waveform=sawtooth&frequency=5333.3');
      const overflow = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return scrollWidth - clientWidth;
      });
      expect(overflow).toBe(0);
    });
  }
}
