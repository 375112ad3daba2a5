/** The recorder's Worker as it is, which a message has work at nothing until a word changes. */
import '../../web/lib/recorder/record-worker.ts';

addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (!(data instanceof SharedArrayBuffer)) return;
  const words = new Int32Array(data);
  Atomics.store(words, 0, 1);
  while (Atomics.load(words, 0) === 1);
});
