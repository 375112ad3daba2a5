import { describe, expect, test } from 'vitest';
import { blocksPerFrame, VoiceTrack } from '../../web/app/model/voice-track.ts';
import { frameSamples } from '../../web/lib/index.ts';
import { trackInWords } from '../../web/app/model/voice-words.ts';

const held = 1024;

/** A frame whose blocks reach from −n to n tenths, n from 1. */
const steps = () =>
  Float32Array.from({ length: frameSamples }, (_, i) => {
    const block = Math.floor((i * blocksPerFrame) / frameSamples);
    return ((block + 1) / 10) * (i % 2 === 0 ? 1 : -1);
  });

describe('a track of the voice', () => {
  test('keeps the range of each part of a frame, and what is said of it', () => {
    const track = new VoiceTrack();
    track.hear(5, steps());
    track.judge(5, 0.75);
    expect(track.endFrame).toBe(6);
    for (let block = 0; block < blocksPerFrame; block += 1) {
      const [low, high] = track.range(5, block);
      expect(high).toBeCloseTo((block + 1) / 10);
      expect(low).toBeCloseTo(-(block + 1) / 10);
    }
    expect(track.probability(5)).toBe(0.75);
    expect(track.probability(4)).toBeNull();
    expect(track.probability(6)).toBeNull();
  });

  test('takes a judgement that comes after the sound, and one that comes before', () => {
    const track = new VoiceTrack();
    track.hear(0, steps());
    track.hear(1, steps());
    track.judge(0, 0.25);
    track.judge(2, 0.5);
    track.hear(2, steps());
    expect([0, 1, 2].map((frame) => track.probability(frame))).toEqual([0.25, null, 0.5]);
  });

  test('has nothing of a frame that came half a minute before in the place of one that is missing', () => {
    const track = new VoiceTrack();
    for (let frame = 0; frame < held; frame += 1) {
      track.hear(frame, steps());
      track.judge(frame, 1);
    }
    track.judge(held + 9, 0.5);
    expect(track.startFrame).toBe(10);
    for (let frame = held; frame < held + 9; frame += 1) {
      expect(track.probability(frame)).toBeNull();
      expect(track.range(frame, 0)).toEqual([0, 0]);
    }
    expect(track.probability(10)).toBe(1);
    expect(track.probability(9)).toBeNull();
  });

  test('takes nothing that is older than what it holds', () => {
    const track = new VoiceTrack();
    track.judge(2 * held, 0.5);
    track.judge(3, 1);
    expect(track.probability(3)).toBeNull();
    expect(track.probability(3 + held)).toBeNull();
  });

  test('a stretch that has grown or ended takes the place of what it was', () => {
    const track = new VoiceTrack();
    track.judge(20, 1);
    track.mark({ startSample: 4096, endSample: null });
    expect(trackInWords(track)).toBe('Speech since 416 ms.');
    track.mark({ startSample: 1024, endSample: 2048 });
    track.mark({ startSample: 4096, endSample: 8192 });
    expect(track.stretches).toEqual([
      { startSample: 1024, endSample: 2048 },
      { startSample: 4096, endSample: 8192 },
    ]);
    expect(trackInWords(track)).toBe('No speech now.');
    track.unmark(4096);
    expect(track.stretches).toHaveLength(1);
    track.mark({ startSample: 9216, endSample: null });
    track.end();
    expect(track.stretches.at(-1)).toEqual({ startSample: 9216, endSample: 21 * frameSamples });
    track.judge(held + 20, 0);
    expect(track.stretches).toEqual([]);
    expect(trackInWords(track)).toBe('No speech in the last half minute.');
  });
});
