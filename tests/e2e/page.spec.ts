import { expect, type Page, test } from '@playwright/test';
import { runAudio, start } from '../support/app.ts';
import { axeFile, violations } from '../support/axe.ts';
import { sine, wavFile } from '../support/wav.ts';

declare global {
  // Only `var` puts a name on globalThis.
  var asked: MediaStreamTrack | undefined;
  var drawings: number;
  var shifts: number;
}

const sources = ['microphone', 'file', 'oscillator', 'display'];
const tone = wavFile([sine(440, 0.5, 1, 48000)], 48000);

/** Counts how often a canvas is cleared, which is once for each picture. */
async function countDrawings(page: Page): Promise<void> {
  await page.addInitScript(() => {
    globalThis.drawings = 0;
    const { prototype } = CanvasRenderingContext2D;
    type Clear = (this: CanvasRenderingContext2D, ...area: number[]) => void;
    const clear = Object.getOwnPropertyDescriptor(prototype, 'clearRect')?.value as Clear;
    prototype.clearRect = function (...area) {
      globalThis.drawings += 1;
      clear.apply(this, area);
    };
  });
}

/** Pictures drawn while the browser offered a number of frames. */
function drawingsIn(page: Page, frames: number): Promise<number> {
  return page.evaluate(async (count) => {
    const before = globalThis.drawings;
    for (let frame = 0; frame < count; frame += 1) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    return globalThis.drawings - before;
  }, frames);
}

/** Tells the page that its tab went to the background, as a headless browser never does. */
async function setHidden(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate((value) => {
    Object.defineProperty(document, 'hidden', { configurable: true, value });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);
}

/** Sideways room that the page takes beyond the screen. */
function overflow(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
}

for (const colorScheme of ['dark', 'light'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test.beforeEach(async ({ page }) => {
      await page.addInitScript({ path: axeFile });
    });

    test('everybody can use the page before the start', async ({ page }) => {
      await page.goto('/');
      for (const source of sources) {
        await page.getByTestId('source').selectOption(source);
        expect(await violations(page)).toEqual([]);
      }
    });

    test('everybody can use the page while it runs', async ({ page }) => {
      await start(page, 'oscillator');
      await runAudio(page, 1);
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('5');
      await expect(page.getByRole('heading', { name: 'Engine' })).toBeVisible();
      expect(await violations(page)).toEqual([]);
    });

    test('everybody can use the page when a start failed', async ({ page }) => {
      await page.goto('/?source=file');
      await page.getByTestId('file-input').setInputFiles({
        name: 'broken.wav',
        mimeType: 'audio/wav',
        buffer: Buffer.from('no audio'),
      });
      await page.getByTestId('start').click();
      await expect(page.getByRole('alert')).toContainText('file-unreadable');
      expect(await violations(page)).toEqual([]);
    });
  });
}

test('the keyboard starts and stops, and the focus goes along', async ({ page }) => {
  await page.goto('/?source=oscillator');
  await page.getByTestId('start').focus();
  await page.keyboard.press('Space');
  await runAudio(page, 1);
  await expect(page.getByTestId('stop')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('start')).toBeFocused();
  expect(await page.evaluate(() => window.quanta === undefined)).toBe(true);
});

test('Space starts and stops from anywhere but a field', async ({ page }) => {
  await page.goto('/?source=oscillator');
  await page.getByTestId('osc-frequency').focus();
  await page.keyboard.press('Space');
  await expect(page.getByTestId('start')).toBeVisible();
  await page.getByTestId('osc-frequency').blur();
  await page.keyboard.press('Space');
  await runAudio(page, 1);
  await page.keyboard.press('Space');
  await expect(page.getByTestId('start')).toBeVisible();
});

test('number keys change the view, and the session goes on', async ({ page }) => {
  await start(page, 'oscillator');
  await runAudio(page, 1);
  await page.keyboard.press('5');
  await expect(page.getByTestId('waveform')).toHaveCount(0);
  await runAudio(page, 1);
  await page.keyboard.press('1');
  await expect(page.getByTestId('waveform')).toBeVisible();
});

test('nothing moves while the figures change', async ({ page }) => {
  await page.addInitScript(() => {
    globalThis.shifts = 0;
    new PerformanceObserver((list) => {
      globalThis.shifts += list.getEntries().length;
    }).observe({ type: 'layout-shift' });
  });
  await start(page, 'oscillator');
  await runAudio(page, 1);
  const before = await page.evaluate(() => globalThis.shifts);
  await runAudio(page, 5);
  expect(await page.evaluate(() => globalThis.shifts)).toBe(before);
});

for (const width of [360, 720, 1024]) {
  test(`nothing sticks out at ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height: 740 });
    await page.goto('/');
    for (const source of sources) {
      await page.getByTestId('source').selectOption(source);
      expect(await overflow(page)).toBe(0);
    }
    await page.getByTestId('source').selectOption('oscillator');
    await page.getByTestId('start').click();
    await runAudio(page, 1);
    expect(await overflow(page)).toBe(0);
    await page.keyboard.press('5');
    await expect(page.getByRole('heading', { name: 'Engine' })).toBeVisible();
    expect(await overflow(page)).toBe(0);
  });
}

test('a hidden page draws nothing, and goes on when it is seen again', async ({ page }) => {
  await countDrawings(page);
  await start(page, 'oscillator');
  await runAudio(page, 1);
  expect(await drawingsIn(page, 20)).toBeGreaterThan(0);
  await setHidden(page, true);
  expect(await drawingsIn(page, 20)).toBe(0);
  await setHidden(page, false);
  await expect.poll(() => drawingsIn(page, 20)).toBeGreaterThan(0);
});

test('people who want less motion get fewer pictures', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await countDrawings(page);
  await start(page, 'oscillator');
  await runAudio(page, 1);
  const calm = await drawingsIn(page, 60);
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  expect(await drawingsIn(page, 60)).toBeGreaterThan(3 * calm);
});

test('a stopped page draws nothing', async ({ page }) => {
  await countDrawings(page);
  await start(page, 'oscillator');
  await runAudio(page, 1);
  await page.getByTestId('stop').click();
  await expect(page.getByTestId('start')).toBeVisible();
  expect(await drawingsIn(page, 20)).toBe(0);
});

test('the name of a file stays text', async ({ page }) => {
  const name = '<img src=x onerror=alert(1)>"&amp;.wav';
  await page.goto('/');
  await page.getByTestId('file-input').setInputFiles({
    name,
    mimeType: 'audio/wav',
    buffer: tone,
  });
  await expect(page.getByTestId('source')).toHaveValue('file');
  await expect(page.getByTestId('file-name')).toContainText(name);
  await page.getByTestId('start').click();
  await runAudio(page, 1);
  await expect(page.getByTestId('source-label')).toHaveText(name);
  expect(await page.locator('img').count()).toBe(0);
});

test('a file that is dropped on the page is measured', async ({ page }) => {
  await page.goto('/');
  const data = await page.evaluateHandle(
    (bytes) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(bytes)], 'dropped.wav', { type: 'audio/wav' }));
      return transfer;
    },
    [...tone],
  );
  await page.dispatchEvent('main', 'dragover', { dataTransfer: data });
  await expect(page.getByText('Drop the audio file')).toBeVisible();
  await page.dispatchEvent('main', 'drop', { dataTransfer: data });
  await expect(page.getByText('Drop the audio file')).toBeHidden();
  await page.getByTestId('start').click();
  await runAudio(page, 1);
  await expect(page.getByTestId('source-label')).toHaveText('dropped.wav');
});

test('a change of the source is heard at once, in the same session', async ({ page }) => {
  await start(page, 'oscillator');
  await runAudio(page, 1);
  const session = await page.evaluateHandle(() => window.quanta!);
  await page.getByTestId('source').selectOption('microphone');
  await expect.poll(() => page.evaluate(() => window.quanta!.source?.kind)).toBe('microphone');
  await page.getByTestId('source').selectOption('oscillator');
  await page.getByTestId('osc-level').fill('-30');
  await page.getByTestId('osc-level').press('Enter');
  await expect
    .poll(() => page.evaluate(() => window.quanta!.telemetry.snapshot().level?.peakDb))
    .toBeCloseTo(-30, 1);
  expect(await session.evaluate((first) => first === window.quanta)).toBe(true);
});

test('a link brings a set-up over', async ({ page }) => {
  await page.goto('/?source=oscillator&frequency=997&waveform=square&rate=8000&quantum=480');
  await page.getByTestId('start').click();
  await runAudio(page, 1);
  const { rateHz, quantum } = await page.evaluate(() => ({
    rateHz: window.quanta!.sampleRate,
    quantum: window.quanta!.quantumFrames,
  }));
  expect([rateHz, quantum]).toEqual([8000, 480]);
  await expect(page.getByTestId('setup-link')).toHaveAttribute('href', /frequency=997/);
  await expect(page.getByTestId('osc-waveform')).toHaveValue('square');
});

test('the waveform has a twin in words', async ({ page }) => {
  await start(page, 'oscillator');
  await runAudio(page, 1);
  await expect(page.getByTestId('waveform-text')).toHaveText(
    /^Peak −\d+\.\d dBFS, RMS −\d+\.\d dBFS\.$/,
  );
});

test('a source that is chosen while another one is still asked for takes over', async ({
  page,
}) => {
  await page.addInitScript(() => {
    const devices = navigator.mediaDevices;
    const ask = devices.getUserMedia.bind(devices);
    devices.getUserMedia = async (constraints) => {
      await new Promise((resolve) => document.addEventListener('answer', resolve, { once: true }));
      const stream = await ask(constraints);
      globalThis.asked = stream.getAudioTracks()[0];
      return stream;
    };
  });
  await start(page, 'oscillator');
  await runAudio(page, 1);
  await page.getByTestId('source').selectOption('microphone');
  await expect(page.getByText('Answer the browser’s question')).toBeVisible();
  await page.getByTestId('source').selectOption('oscillator');
  await expect.poll(() => page.evaluate(() => window.quanta!.status.state)).toBe('running');
  await page.evaluate(() => document.dispatchEvent(new Event('answer')));
  await expect.poll(() => page.evaluate(() => globalThis.asked?.readyState)).toBe('ended');
  expect(await page.evaluate(() => window.quanta!.source?.kind)).toBe('oscillator');
  expect(await page.evaluate(() => window.quanta!.status.state)).toBe('running');
  await expect(page.getByTestId('error-card')).toHaveCount(0);
});
