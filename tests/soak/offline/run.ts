/** Hours of audio through the engine as fast as it goes, with readers of every kind. */
import type { OfflineOptions, OfflineRecord } from '../../../scripts/soak/record.mjs';
import { seededRandom } from '../../support/random.ts';
import { type OfflineFindings, offlineProblems } from './problems.ts';
import { OfflineReaders } from './readers.ts';
import { SoakEngine } from './soak-engine.ts';
import { Timeline } from './timeline.ts';

const rateHz = 48_000;
const quantumSizes = [1, 127, 128, 441, 480, 512, 1024, 2048, 4096, 16_384];
const largestQuantum = Math.max(...quantumSizes);

// In frames of the audio clock. One thing happens at a time.
const eventEvery = 11 * rateHz;
const muteFrames = rateHz / 2;
const maxGapFrames = rateHz / 4;
// A fader's way takes 40 ms.
const rampFrames = rateHz / 20;
// What the ring of the voice still holds is at most this old.
const rememberFrames = 60 * rateHz;
const progressEvery = 600 * rateHz;

class OfflineRun {
  readonly #engine: SoakEngine;
  readonly #options: OfflineOptions;
  readonly #random: () => number;
  readonly #timeline = new Timeline(largestQuantum);
  readonly #readers: OfflineReaders;
  #quanta = 0;
  #gaps = 0;
  #gapFrames = 0;
  #events = 0;

  constructor(engine: SoakEngine, options: OfflineOptions) {
    this.#engine = engine;
    this.#options = options;
    this.#random = seededRandom(options.seed ?? 1);
    this.#readers = new OfflineReaders({
      ...{ engine, timeline: this.#timeline, start: options.start, rateHz },
      random: this.#random,
    });
  }

  run(): OfflineFindings {
    const { start, frames, progress } = this.#options;
    const end = start.frame + frames;
    let reported = 0;
    while (this.#engine.frame < end) {
      this.#step(end);
      const done = this.#engine.frame - start.frame;
      if (done < reported + progressEvery) continue;
      reported += progressEvery;
      progress?.(done);
    }
    this.#readers.finish();
    this.#engine.commands.takeAnswers();
    return this.#record();
  }

  #step(end: number): void {
    const { commands, frame } = this.#engine;
    const { start } = this.#options;
    const isFirst = this.#quanta === 0;
    if (!isFirst && frame - start.frame >= (this.#events + 1) * eventEvery) this.#happen();
    const size = quantumSizes[Math.floor(this.#random() * quantumSizes.length)]!;
    const frames = Math.min(size, Math.max(1, end - this.#engine.frame));
    this.#feed(this.#timeline.pattern(this.#engine.frame, frames));
    this.#quanta += 1;
    commands.takeAnswers();
    this.#timeline.forget(frame - rememberFrames);
    this.#readers.look();
  }

  #feed(channels: readonly Float32Array[]): void {
    const { spoil = (pattern) => pattern } = this.#options;
    this.#engine.process(spoil(channels, this.#engine.frame));
  }

  /** A gap of the clock, a mute, a parameter of an input that nobody uses: in turns. */
  #happen(): void {
    const { commands, frame } = this.#engine;
    const happen = [
      () => this.#gap(),
      () => this.#mute(frame + this.#upTo(rateHz)),
      () => {
        const value = this.#upTo(24);
        commands.send(
          { kind: 'set', input: 5, parameter: 'gainDb', value },
          frame + this.#upTo(rateHz),
        );
      },
    ];
    happen[this.#events % happen.length]!();
    this.#events += 1;
  }

  #gap(): void {
    const frames = 1 + this.#upTo(maxGapFrames);
    const { frame } = this.#engine;
    this.#timeline.except('silence', frame, frame + frames);
    this.#engine.skip(frames);
    this.#gaps += 1;
    this.#gapFrames += frames;
  }

  #mute(from: number): void {
    const to = from + muteFrames;
    const { commands } = this.#engine;
    commands.send({ kind: 'set', input: 0, parameter: 'mute', value: 1 }, from);
    commands.send({ kind: 'set', input: 0, parameter: 'mute', value: 0 }, to);
    this.#timeline.except('ramp', from, from + rampFrames);
    this.#timeline.except('silence', from + rampFrames, to);
    this.#timeline.except('ramp', to, to + rampFrames);
  }

  #upTo(count: number): number {
    return Math.floor(this.#random() * count);
  }

  #record(): OfflineFindings {
    const { telemetry, mix, voice, frame, commands } = this.#engine;
    const { start } = this.#options;
    const { sent, answered, wrong } = commands;
    return {
      ...{ rateHz, start, quanta: this.#quanta },
      frames: frame - start.frame,
      gaps: this.#gaps,
      gapFrames: this.#gapFrames,
      commands: { sent, answered, wrong },
      published: { mix: mix.published - start.mix, voice: voice.published - start.voice },
      counted: {
        quanta: telemetry.quantumCount,
        frames: telemetry.frameCount,
        gapFrames: telemetry.gapFrames,
        droppedFrames: telemetry.droppedFrames,
        badSamples: telemetry.badSamples,
      },
      ...this.#readers.findings,
    };
  }
}

/** Runs it, and says which promises were not kept. */
export async function runOffline(options: OfflineOptions): Promise<OfflineRecord> {
  const engine = await SoakEngine.start(options.bytes, rateHz, options.start);
  const findings = new OfflineRun(engine, options).run();
  return { ...findings, problems: offlineProblems(findings) };
}
