import { describe, expect, test } from 'vitest';
import { allocateBusMemory, engineRings } from '../../web/lib/host/engine-rings.ts';
import { InputSource } from '../../web/lib/recorder/input-source.ts';
import { FlightMemory } from '../../web/shared/flight-memory.ts';
import { HeadlessEngine } from '../support/engines.ts';
import { madeFeed, madeSample } from '../support/made-sound.ts';

const quantumFrames = 512;

/** An engine that gets samples that say their frame. */
async function start(segments = 4) {
  const engine = await HeadlessEngine.start('engine', 16_384, segments);
  const { mix } = engineRings(engine.buffer, allocateBusMemory());
  const feed = madeFeed(engine, quantumFrames);
  const open = (startFrame: number, inputs: readonly number[], channels: readonly number[]) =>
    new InputSource(
      { kind: 'inputs', inputs, memory: engine.buffer, mix, startFrame, clockFrame: 0 },
      channels,
    );
  return { engine, feed, open };
}

/** Reads all there is: sound that is not as wanted, and the stretches that were lost. */
function drain(
  source: InputSource,
  wanted: (take: number, channel: number, frame: number) => number,
) {
  let wrong = 0;
  const lost: { readonly atFrame: number; readonly frames: number }[] = [];
  for (;;) {
    const atFrame = source.position;
    const piece = source.read(Infinity);
    if (piece === null) return { wrong, lost, end: source.position };
    if (piece.kind === 'lost') {
      lost.push({ atFrame, frames: piece.frames });
      continue;
    }
    for (const [take, planes] of piece.takes.entries()) {
      for (const [channel, plane] of planes.entries()) {
        const own = plane.subarray(0, piece.frames);
        wrong += own.filter((x, i) => x !== Math.fround(wanted(take, channel, atFrame + i))).length;
      }
    }
  }
}

const stereo = (_take: number, channel: number, frame: number): number =>
  madeSample(channel, frame);

describe('inputs from the flight recorder’s log', () => {
  test('begin at a frame in the past, and nothing of them is missing', async () => {
    const { feed, open } = await start();
    const now = feed(600);
    // In the middle of a quantum.
    const source = open(now - 100_100, [0], [2]);
    expect(source.position).toBe(now - 100_100);
    let found = drain(source, stereo);
    for (let i = 0; i < 10; i += 1) {
      const end = feed(1 + 37 * i);
      found = drain(source, stereo);
      expect(found).toEqual({ wrong: 0, lost: [], end });
    }
  });

  test('that were given up before they were read are lost, frame by frame', async () => {
    const { engine, feed, open } = await start();
    const source = open(feed(10), [0], [2]);
    const read = drain(source, stereo).end;
    const end = feed(5 * 480);
    const { wrong, lost, end: reached } = drain(source, stereo);
    expect([wrong, reached]).toEqual([0, end]);
    const oldest = new FlightMemory(engine.buffer).holding.firstFrame!;
    expect(oldest).toBeGreaterThan(read);
    expect(lost).toEqual([{ atFrame: read, frames: oldest - read }]);
  });

  test('before the oldest that is held begin with that one', async () => {
    const { feed, open } = await start();
    const end = feed(6 * 480);
    const source = open(0, [0], [2]);
    expect(source.position).toBeGreaterThan(0);
    expect(drain(source, stereo)).toEqual({ wrong: 0, lost: [], end });
  });

  test('are as many channels as their takes; what has no source is silent', async () => {
    const { feed, open } = await start();
    const source = open(0, [0, 5, 0], [1, 2, 2]);
    feed(100);
    const wanted = (take: number, channel: number, frame: number): number => {
      if (take === 1) return 0;
      return take === 0
        ? (madeSample(0, frame) + madeSample(1, frame)) / 2
        : stereo(2, channel, frame);
    };
    expect(drain(source, wanted)).toMatchObject({ wrong: 0, lost: [] });
  });

  test('that the clock passed over are lost', async () => {
    const { engine, feed, open } = await start();
    const source = open(0, [0], [2]);
    const before = feed(3);
    engine.exports.set_frame(before + 1000, 0);
    feed(2);
    const found = drain(source, (_take, channel, frame) =>
      madeSample(channel, frame < before ? frame : frame - 1000),
    );
    expect(found).toEqual({
      wrong: 0,
      lost: [{ atFrame: before, frames: 1000 }],
      end: before + 1000 + 2 * quantumFrames,
    });
  });

  test('that nobody records are lost as the mix goes on', async () => {
    const { feed, open } = await start(0);
    const source = open(0, [0], [2]);
    const end = feed(5);
    const found = drain(source, stereo);
    expect(found).toEqual({ wrong: 0, lost: [{ atFrame: 0, frames: end }], end });
  });
});
