import { describe, expect, test } from 'vitest';
import { AnalysisReader } from '../../web/lib/index.ts';
import { AnalysisFeed } from '../../web/app/draw/analysis-feed.ts';
import {
  analysisHeadWord,
  analysisLevelsOffset,
  analysisSlotBytes,
  analysisSlotsOffset,
  analysisWord,
  constants,
} from '../../web/shared/layout.gen.ts';

const wordBytes = 4;
// Not at the beginning: the analysis is one block of many.
const byteOffset = 64;

/** The engine's side: writes windows into the slots, which take turns. */
class Publisher {
  readonly #buffer = new SharedArrayBuffer(
    byteOffset + analysisSlotsOffset + constants.analysisSlots * analysisSlotBytes,
  );
  readonly #head = new Int32Array(this.#buffer, byteOffset, 1);
  #count = 0;

  get reader(): AnalysisReader {
    return new AnalysisReader({ buffer: this.#buffer, byteOffset, sampleRate: 48_000 });
  }

  /** Begins a window whose levels are all the same; it counts when `finish` is called. */
  begin(levelDb: number): { finish(): void } {
    const slot = this.#count % constants.analysisSlots;
    const begin = byteOffset + analysisSlotsOffset + slot * analysisSlotBytes;
    const words = new Uint32Array(this.#buffer, begin, analysisLevelsOffset / wordBytes);
    words[analysisWord.sequence]! += 1;
    words[analysisWord.number] = this.#count;
    words[analysisWord.windowFrames] = constants.shortAnalysisFrames;
    const bins = constants.shortAnalysisFrames / 2 + 1;
    new Float32Array(this.#buffer, begin + analysisLevelsOffset, bins).fill(levelDb);
    this.#count += 1;
    return {
      finish: () => {
        words[analysisWord.sequence]! += 1;
        this.#head[analysisHeadWord.newest] = slot;
      },
    };
  }

  publish(levelDb: number): void {
    this.begin(levelDb).finish();
  }
}

describe('the feed of an analysis', () => {
  test('begins with the windows that come after it', () => {
    const publisher = new Publisher();
    publisher.publish(-10);
    const feed = new AnalysisFeed(publisher.reader);
    expect(feed.poll()).toBe(false);
    expect(feed.current).toBeNull();
    publisher.publish(-20);
    expect(feed.poll()).toBe(true);
    expect(feed.current?.levelsDb[7]).toBe(-20);
  });

  test('takes every window once, and counts those that it took', () => {
    const publisher = new Publisher();
    const feed = new AnalysisFeed(publisher.reader);
    for (let number = 0; number < 7; number += 1) {
      publisher.publish(-number);
      expect(feed.poll()).toBe(true);
      expect(feed.poll()).toBe(false);
      expect(feed.current?.number).toBe(number);
    }
    // Two at once: the newer one.
    publisher.publish(-50);
    publisher.publish(-60);
    expect(feed.poll()).toBe(true);
    expect(feed.current?.levelsDb[0]).toBe(-60);
    expect(feed.count).toBe(8);
  });

  test('keeps the last whole window while the next one is being written', () => {
    const publisher = new Publisher();
    const feed = new AnalysisFeed(publisher.reader);
    publisher.publish(-10);
    expect(feed.poll()).toBe(true);
    const next = publisher.begin(-20);
    expect(feed.poll()).toBe(false);
    expect(feed.current?.levelsDb[0]).toBe(-10);
    next.finish();
    expect(feed.poll()).toBe(true);
  });

  test('hands out as many levels as the window has, always in the same memory', () => {
    const publisher = new Publisher();
    const feed = new AnalysisFeed(publisher.reader);
    publisher.publish(-10);
    feed.poll();
    const first = feed.current?.levelsDb;
    expect(first).toHaveLength(constants.shortAnalysisFrames / 2 + 1);
    publisher.publish(-20);
    feed.poll();
    expect(feed.current?.levelsDb.buffer).toBe(first?.buffer);
  });
});
