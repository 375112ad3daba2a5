/** Follows the mix ring as a listener does: looks every millisecond, reads all there is. */
import { BroadcastMemory } from '../../../../web/shared/broadcast-ring.ts';
import { FrameRingReader } from '../../../../web/shared/frame-ring.ts';
import { type ReaderJob, readerStateOf, readerWord } from './state.ts';

const blockFrames = 1024;
const pollMs = 1;

function readAll(reader: FrameRingReader, target: Float32Array): void {
  for (let status = reader.view(blockFrames).status; status !== 'empty';) {
    if (status === 'ok') {
      reader.copyTo(0, target);
      reader.copyTo(1, target);
      reader.confirm();
    }
    status = reader.view(blockFrames).status;
  }
}

function follow({ memory, byteOffset, state, index }: ReaderJob): never {
  const own = readerStateOf(state, index);
  const ring = new BroadcastMemory(memory.buffer, byteOffset);
  const target = new Float32Array(blockFrames);
  for (;;) {
    Atomics.wait(state, 0, 0);
    const reader = new FrameRingReader(ring, blockFrames);
    const first = reader.position;
    Atomics.store(own, readerWord.following, 1);
    while (Atomics.load(state, 0) === 1) {
      readAll(reader, target);
      Atomics.wait(state, 0, 1, pollMs);
    }
    readAll(reader, target);
    if (reader.delivered + reader.dropped !== reader.position - first) own[readerWord.faults] = 1;
    if (reader.position !== first) own[readerWord.seen] = 1;
    Atomics.store(own, readerWord.following, 0);
  }
}

addEventListener('message', ({ data }: MessageEvent<ReaderJob>) => follow(data));
