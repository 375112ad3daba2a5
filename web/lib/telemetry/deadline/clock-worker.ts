/** A Worker that does nothing but write the time to shared memory: as long as it runs, a core is busy. */
import { watchSteps } from '../../../shared/clock-steps.ts';
import { clockWorkerWord as word } from '../../../shared/layout.gen.ts';

const nsPerMs = 1e6;
const usPerMs = 1000;

addEventListener('message', ({ data }: MessageEvent<SharedArrayBuffer>) => {
  postMessage(watchSteps(() => performance.now() * nsPerMs));
  writeTime(new Int32Array(data));
  close();
});

function writeTime(words: Int32Array): void {
  while (Atomics.load(words, word.stop) === 0) {
    Atomics.store(words, word.micros, Math.round(performance.now() * usPerMs) | 0);
    Atomics.add(words, word.beats, 1);
  }
}
