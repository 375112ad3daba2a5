import { expect, type Locator, type Page, test } from '@playwright/test';
import { demoAudio } from '../../scripts/lib/demo-audio.mjs';
import { start } from '../support/app.ts';
import { axeFile, violations } from '../support/axe.ts';

// Long enough for a busy machine.
const settled = { timeout: 20_000 };
const music = { name: 'music.wav', mimeType: 'audio/wav', buffer: demoAudio() };

/** Opens the mixer with a tone on input 1, and chooses a file for input 2. */
async function openFile(page: Page, file: { name: string; mimeType: string; buffer: Buffer }) {
  await start(page, 'oscillator', '/#mixer');
  await expect(page.getByTestId('strip-0')).toBeVisible();
  await page.getByTestId('add-source').selectOption('file');
  await page.getByTestId('added-file').setInputFiles(file);
}

/** @returns The strip of a file that plays. */
async function openMusic(page: Page): Promise<Locator> {
  await openFile(page, music);
  const strip = page.getByTestId('strip-1');
  await expect(strip).toBeVisible(settled);
  return strip;
}

const slider = (strip: Locator): Locator => strip.getByTestId('player-seek');

test('a file in the mixer plays, is held, moved by the keyboard, looped and taken away', async ({
  page,
}) => {
  const strip = await openMusic(page);
  await expect(strip).toContainText('music.wav');
  await expect(strip.getByTestId('player-state')).toHaveText('Playing');
  await expect(strip.getByTestId('player-length')).toHaveText('0:04');
  await expect(strip.getByTestId('player-loop')).toHaveAttribute('aria-pressed', 'true');
  await expect(strip.getByTestId('player-time')).toHaveText('0:02', settled);
  await strip.getByTestId('player-play').click();
  await expect(strip.getByTestId('player-state')).toHaveText('Paused');
  await slider(strip).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await expect(strip.getByTestId('player-time')).toHaveText('0:01');
  await expect(slider(strip)).toHaveAttribute('aria-valuetext', '0:01 of 0:04');
  await strip.getByTestId('player-loop').click();
  await expect(strip.getByTestId('player-loop')).toHaveAttribute('aria-pressed', 'false');
  await strip.getByRole('button', { name: 'Play input 2' }).click();
  await expect(strip.getByTestId('player-state')).toHaveText('At its end', settled);
  await page.getByTestId('remove-1').click();
  await expect(strip).toHaveCount(0);
});

test('a file that is no audio is refused in words, and the inputs stay as they are', async ({
  page,
}) => {
  await openFile(page, { ...music, name: 'noise.bin', buffer: Buffer.alloc(5000, 7) });
  await expect(page.getByTestId('add-words')).toContainText(
    '“noise.bin” is no audio file',
    settled,
  );
  await expect(page.getByTestId('strip-1')).toHaveCount(0);
});

test('music is ducked by the voice that the sheet names, and not while that is mute', async ({
  page,
}) => {
  const strip = await openMusic(page);
  await strip.getByTestId('open-effects').click();
  const sheet = page.getByTestId('effects').filter({ visible: true });
  await sheet.getByTestId('compressorOn').check();
  await sheet.getByTestId('compressorThresholdDb').fill('0');
  await sheet.getByTestId('compressorThresholdDb').press('Enter');
  const choice = sheet.getByLabel('Compressor Ducked by');
  await expect(choice).toHaveValue('8');
  await choice.selectOption('Input 1');
  await sheet.getByTestId('compressorThresholdDb').fill('-42');
  await sheet.getByTestId('compressorThresholdDb').press('Enter');
  const figure = sheet.getByTestId('compressor-now');
  const reduction = async () => Number(await figure.getAttribute('data-value'));
  // The tone has -12 dBFS: 30 dB above the threshold, by a third of which it stays.
  await expect.poll(reduction, settled).toBeCloseTo(20, 1);
  await page.evaluate(() =>
    window.quanta!.mixer.send({ kind: 'set', input: 0, parameter: 'mute', value: 1 }),
  );
  await expect.poll(reduction, settled).toBeCloseTo(0, 1);
});

for (const colorScheme of ['dark', 'light'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test('everybody can use the player and the choice of what ducks', async ({ page }) => {
      await page.addInitScript({ path: axeFile });
      const strip = await openMusic(page);
      expect(await violations(page)).toEqual([]);
      await strip.getByTestId('open-effects').click();
      expect(await violations(page)).toEqual([]);
    });
  });
}
