import { expect, type Page, test } from '@playwright/test';
import { runAudio, start, withBrowser } from '../support/app.ts';

const toneHz = 440;
const recordSec = 1;

/** What the browser itself plays for this tab: its level, and the share of it at a frequency. */
interface Heard {
  readonly rms: number;
  readonly toneShare: number;
}

/** Records the sound of the tab, as the person in front of it would hear it. */
function record(page: Page): Promise<Heard> {
  return page.evaluate(
    async ([hz, seconds]) => {
      const stream = await navigator.mediaDevices.getDisplayMedia({
        video: true,
        audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
        preferCurrentTab: true,
      } as DisplayMediaStreamOptions);
      const context = new AudioContext();
      const recorder = new AnalyserNode(context, { fftSize: 32768 });
      new MediaStreamAudioSourceNode(context, { mediaStream: stream }).connect(recorder);
      const end = context.currentTime + seconds;
      while (context.currentTime < end) await new Promise(requestAnimationFrame);
      const samples = new Float32Array(recorder.fftSize);
      recorder.getFloatTimeDomainData(samples);
      for (const track of stream.getTracks()) track.stop();
      const step = (2 * Math.PI * hz) / context.sampleRate;
      let [power, cosine, sine] = [0, 0, 0];
      samples.forEach((sample, i) => {
        power += sample * sample;
        cosine += sample * Math.cos(step * i);
        sine += sample * Math.sin(step * i);
      });
      await context.close();
      const { length } = samples;
      const tonePower = (2 * (cosine ** 2 + sine ** 2)) / length;
      return { rms: Math.sqrt(power / length), toneShare: power === 0 ? 0 : tonePower / power };
    },
    [toneHz, recordSec] as const,
  );
}

test('the monitor lets the input be heard, and only the monitor', async ({ baseURL }) => {
  await withBrowser(
    // A fake microphone would bring a fake tab along, a fake prompt no sound at all.
    { device: 'none', permission: 'ask' },
    async (context) => {
      const page = await context.newPage();
      await start(page, 'oscillator', baseURL);
      await runAudio(page, 1);
      expect((await record(page)).rms).toBe(0);
      await page.getByTestId('monitor').check();
      await runAudio(page, 1);
      // A dropout of the browser's own on a busy machine spoils one recording, not all.
      await expect(async () => {
        const { rms, toneShare } = await record(page);
        expect(toneShare).toBeGreaterThan(0.999);
        // The oscillator's -12 dBFS as the RMS of a sine.
        expect(20 * Math.log10(rms)).toBeCloseTo(-12 - 3.01, 1);
      }).toPass({ timeout: 20_000 });
    },
    { audible: true, args: ['--auto-accept-this-tab-capture'] },
  );
});
