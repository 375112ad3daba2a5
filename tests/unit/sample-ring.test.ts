import { expect, test } from 'vitest';
import {
  attachSampleRing,
  createSampleRing,
  sampleRingBytes,
  type SampleRingHalves,
} from '../../web/shared/sample-ring.ts';
import { sampleRingHeaderBytes } from '../../web/shared/layout.gen.ts';

const justBeforeWrap = 2 ** 32 - 3;

function ring(capacity: number, channels = 1, start = justBeforeWrap): SampleRingHalves {
  const shape = { capacity, channels };
  return createSampleRing(new SharedArrayBuffer(sampleRingBytes(shape)), 0, shape, start);
}

function pop({ consumer }: SampleRingHalves, frames: number): number[] {
  const samples = new Float32Array(frames);
  return [...samples.subarray(0, consumer.popSome([samples]))];
}

function counting(from: number, length: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => from + i);
}

test('frames come out once, in order, also where the counters wrap', () => {
  const halves = ring(4);
  const { producer } = halves;
  expect(producer.pushAll([Float32Array.of(1, 2, 3)])).toBe(true);
  expect(pop(halves, 2)).toEqual([1, 2]);
  expect(producer.pushSome([Float32Array.of(4, 5, 6, 7)])).toBe(3);
  expect(producer.freeFrames()).toBe(0);
  expect(pop(halves, 9)).toEqual([3, 4, 5, 6]);
});

test.each([1, 2, 64, 4096])('blocks of any size arrive in order in a ring of %i', (capacity) => {
  const halves = ring(capacity, 1, 2 ** 31 - capacity);
  let sent = 0;
  let received = 0;
  for (let step = 0; received < 100 * capacity; step += 1) {
    sent += halves.producer.pushSome([counting(sent, (step * 7919) % (capacity + 2))]);
    const block = pop(halves, (step * 104_729) % (capacity + 2));
    expect(block).toEqual([...counting(received, block.length)]);
    received += block.length;
  }
});

test('only the first frames of longer planes are pushed when a number is given', () => {
  const halves = ring(64);
  expect(halves.producer.pushAll([new Float32Array(40).fill(1)], 30)).toBe(true);
  expect(halves.consumer.unreadFrames()).toBe(30);
});

test('a view is the memory itself, in two parts where it wraps', () => {
  const { producer, consumer } = ring(4, 2, 2);
  producer.pushAll([Float32Array.of(1, 2, 3), Float32Array.of(-1, -2, -3)]);
  expect(consumer.view(9)).toBe(3);
  const { first, second } = consumer.frames(1);
  expect([[...first], [...second]]).toEqual([[-1, -2], [-3]]);
  expect(first.byteOffset).toBe(sampleRingHeaderBytes + (4 + 2) * 4);
  consumer.pop(1);
  expect(consumer.frames(1).first.length).toBe(0);
  expect(consumer.unreadFrames()).toBe(2);
});

test('views of one place are made once', () => {
  const { producer, consumer } = ring(256, 1, 0);
  const block = new Float32Array(128);
  const seen = new Set<Float32Array>();
  for (let quantum = 0; quantum < 10; quantum += 1) {
    producer.pushAll([block]);
    consumer.view(128);
    seen.add(consumer.frames(0).first);
    consumer.pop(128);
  }
  expect(seen.size).toBe(2);
});

test('no more can be popped than was borrowed', () => {
  const { producer, consumer } = ring(4);
  producer.pushAll([Float32Array.of(1, 2)]);
  consumer.view(1);
  expect(() => consumer.pop(2)).toThrow(
    new RangeError('frames must be at most the 1 borrowed, was 2.'),
  );
});

test('the halves of one ring may be attached in different threads', () => {
  const shape = { capacity: 4, channels: 1 };
  const buffer = new SharedArrayBuffer(sampleRingBytes(shape) + 64);
  const here = createSampleRing(buffer, 64, shape);
  const there = attachSampleRing(buffer, 64);
  expect(here.producer.pushAll([Float32Array.of(5, 6)])).toBe(true);
  expect(pop(there, 4)).toEqual([5, 6]);
});

test.each([
  { capacity: 0, channels: 1 },
  { capacity: 3, channels: 1 },
  { capacity: 0.5, channels: 1 },
  { capacity: 4, channels: 0 },
  { capacity: 2 ** 30, channels: 2 },
])('a ring of $capacity frames and $channels channels is refused', (shape) => {
  expect(() => createSampleRing(new ArrayBuffer(1024), 0, shape)).toThrow(RangeError);
});
