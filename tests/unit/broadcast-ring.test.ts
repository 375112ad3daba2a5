import { expect, test } from 'vitest';
import { BroadcastMemory, broadcastRingBytes } from '../../web/shared/broadcast-ring.ts';
import { ChunkRingReader, ChunkRingWriter, chunkRingShape } from '../../web/shared/chunk-ring.ts';
import { FrameRingReader, FrameRingWriter, frameRingShape } from '../../web/shared/frame-ring.ts';
import { broadcastRingWord } from '../../web/shared/layout.gen.ts';

const justBeforeWrap = 2 ** 32 - 3;
const chunkFrames = 3;

function chunkRing(capacity: number, start = justBeforeWrap): BroadcastMemory {
  const shape = chunkRingShape(capacity, chunkFrames, 16000);
  return BroadcastMemory.create(new SharedArrayBuffer(broadcastRingBytes(shape)), 0, shape, start);
}

function write(writer: ChunkRingWriter, chunks: number): void {
  for (let i = 0; i < chunks; i += 1) {
    const value = writer.position - justBeforeWrap;
    writer.write(value / 3, new Float32Array(chunkFrames).fill(value));
  }
}

test('a reader lapped twice reports one dropout and then the newest chunk', () => {
  const memory = chunkRing(4);
  const reader = new ChunkRingReader(memory);
  write(new ChunkRingWriter(memory), 9);
  expect(reader.view()).toEqual({ status: 'dropout', dropped: 8 });
  expect(reader.view()).toEqual({ status: 'ok', dropped: 0 });
  expect(reader.seq).toBe(justBeforeWrap + 8);
  expect(reader.timestampMs).toBe(8 / 3);
  expect([...reader.samples]).toEqual([8, 8, 8]);
  expect(reader.confirm()).toEqual({ status: 'ok', dropped: 0 });
  expect(reader.view().status).toBe('empty');
  expect([reader.delivered, reader.dropped, reader.pending]).toEqual([1, 8, 0]);
});

test('a chunk overwritten while it is borrowed is not delivered', () => {
  const memory = chunkRing(2);
  const reader = new ChunkRingReader(memory);
  const writer = new ChunkRingWriter(memory);
  write(writer, 2);
  reader.view();
  const borrowed = reader.samples;
  write(writer, 1);
  expect([...borrowed]).toEqual([2, 2, 2]);
  expect(reader.confirm()).toEqual({ status: 'dropout', dropped: 2 });
  expect(reader.delivered).toBe(0);
});

test('the chunk that drainToLatest returns is delivered, not dropped', () => {
  const memory = chunkRing(8);
  const reader = new ChunkRingReader(memory);
  write(new ChunkRingWriter(memory), 5);
  expect(reader.drainToLatest()).toEqual({ status: 'ok', dropped: 4 });
  reader.confirm();
  expect([reader.delivered, reader.dropped, reader.pending]).toEqual([1, 4, 0]);
});

test('a delivered chunk stays intact until it is overwritten', () => {
  const memory = chunkRing(2);
  const reader = new ChunkRingReader(memory);
  const writer = new ChunkRingWriter(memory);
  write(writer, 2);
  expect(reader.intact(justBeforeWrap)).toBe(true);
  write(writer, 1);
  expect(reader.intact(justBeforeWrap)).toBe(false);
  expect(reader.intact(justBeforeWrap + 1)).toBe(true);
});

test('a cursor goes on in another thread where it stood', () => {
  const memory = chunkRing(4);
  const here = new ChunkRingReader(memory);
  const writer = new ChunkRingWriter(memory);
  write(writer, 2);
  here.view();
  here.confirm();
  const there = new ChunkRingReader(memory, 1, structuredClone(here.cursor));
  write(writer, 1);
  expect(there.skipAhead(1)).toBe(1);
  expect([there.delivered, there.dropped, there.pending]).toEqual([1, 1, 1]);
});

test('the view of a chunk is made once', () => {
  const memory = chunkRing(2);
  const reader = new ChunkRingReader(memory);
  const writer = new ChunkRingWriter(memory);
  const seen = new Set<Float32Array>();
  for (let i = 0; i < 10; i += 1) {
    write(writer, 1);
    reader.view();
    seen.add(reader.samples);
    reader.confirm();
  }
  expect(seen.size).toBe(2);
});

test('frames that wrap are read in two parts of the memory itself', () => {
  const shape = frameRingShape(4, 2, 48000);
  const buffer = new SharedArrayBuffer(broadcastRingBytes(shape));
  const memory = BroadcastMemory.create(buffer, 0, shape, justBeforeWrap);
  const reader = new FrameRingReader(memory, 1);
  const writer = new FrameRingWriter(memory);
  writer.write([Float32Array.of(1, 2), Float32Array.of(-1, -2)]);
  writer.write([Float32Array.of(3, 4), Float32Array.of(-3, -4)]);
  expect(reader.view(9).status).toBe('ok');
  const { first, second } = reader.frames(1);
  expect([[...first], [...second]]).toEqual([[-1, -2, -3], [-4]]);
  expect(first.buffer).toBe(buffer);
  const copy = new Float32Array(4);
  reader.copyTo(0, copy);
  expect([...copy]).toEqual([1, 2, 3, 4]);
});

test('more than half the ring is not written at once', () => {
  const shape = frameRingShape(4, 1, 48000);
  const memory = BroadcastMemory.create(new ArrayBuffer(broadcastRingBytes(shape)), 0, shape);
  expect(() => new FrameRingWriter(memory).write([new Float32Array(3)])).toThrow(
    new RangeError('slots must be at most 2, was 3.'),
  );
});

test('a reader keeps from one slot to half the ring', () => {
  const memory = chunkRing(4);
  for (const kept of [0, 3, NaN]) {
    expect(() => new ChunkRingReader(memory, kept)).toThrow(RangeError);
  }
});

test.each([
  chunkRingShape(1, 3, 16000),
  chunkRingShape(6, 3, 16000),
  chunkRingShape(4, 0, 16000),
  frameRingShape(4, 0, 48000),
  frameRingShape(2 ** 30, 2, 48000),
])('a ring of $capacity slots of $slotFrames frames, $channels channels, is refused', (shape) => {
  expect(() => BroadcastMemory.create(new ArrayBuffer(1024), 0, shape)).toThrow(RangeError);
});

test('a reader asleep for more than 2^32 chunks still counts exactly', () => {
  const memory = chunkRing(4, 5);
  const reader = new ChunkRingReader(memory);
  const later = chunkRing(4, 5 + 2 ** 32 + 2);
  new Uint8Array(memory.buffer).set(new Uint8Array(later.buffer));
  expect(reader.view()).toEqual({ status: 'dropout', dropped: 2 ** 32 + 1 });
});

test('a chunk borrowed for 2^32 chunks is not taken for whole', () => {
  const memory = chunkRing(4, justBeforeWrap);
  const reader = new ChunkRingReader(memory);
  write(new ChunkRingWriter(memory), 1);
  reader.view();
  const later = chunkRing(4, justBeforeWrap + 2 ** 32 + 1);
  new Uint8Array(memory.buffer).set(new Uint8Array(later.buffer));
  expect(reader.confirm()).toEqual({ status: 'dropout', dropped: 2 ** 32 });
});

test('a position read between the two words of a commit is the old one', () => {
  const memory = chunkRing(4, 2 ** 31 - 1);
  const words = new Uint32Array(memory.buffer);
  words[broadcastRingWord.commitHalf] = 1;
  expect(memory.published()).toBe(2 ** 31 - 1);
  words[broadcastRingWord.commitPos] = 2 ** 31;
  expect(memory.published()).toBe(2 ** 31);
});

test('a wait ends at once when there is something to read, and otherwise in time', () => {
  const memory = chunkRing(4);
  const reader = new ChunkRingReader(memory);
  reader.wait(1);
  expect(reader.pending).toBe(0);
  write(new ChunkRingWriter(memory), 1);
  reader.wait(Infinity);
  expect(reader.pending).toBe(1);
});
