import { checkRange } from '../errors.ts';
import type { OpenSource } from './source.ts';

/** A frequency that moves up and down between two ends, by equal steps of pitch in equal time. */
export interface Sweep {
  /** The far end, in hertz; the near one is `frequencyHz`. */
  readonly toHz: number;
  /** Time from one end to the other, in seconds, 0.1 to 600. */
  readonly seconds: number;
}

/** A test tone. */
export interface OscillatorOptions {
  /** 0.1 Hz to 96 kHz; above half the sample rate the browser is silent. Default 440. */
  readonly frequencyHz?: number;
  /** Default `sine`. */
  readonly waveform?: 'sine' | 'square' | 'sawtooth' | 'triangle';
  /** Peak level, -120 to 0 dBFS. Default -12. */
  readonly levelDb?: number;
  /** Default none: the frequency stands. */
  readonly sweep?: Sweep;
}

const minHz = 0.1;
const maxHz = 96_000;
// A sweep is written to the audio clock ahead of time, this many turns of it.
const sweepTurns = 2000;

/** Checks the options. @throws RangeError */
export function checkOscillator(options: OscillatorOptions): void {
  checkRange('oscillator.frequencyHz', options.frequencyHz, minHz, maxHz, 'Hz');
  checkRange('oscillator.levelDb', options.levelDb, -120, 0, 'dBFS');
  checkRange('oscillator.sweep.toHz', options.sweep?.toHz, minHz, maxHz, 'Hz');
  checkRange('oscillator.sweep.seconds', options.sweep?.seconds, 0.1, 600, 's');
}

/** Starts an oscillator. @throws RangeError */
export function openOscillator(context: AudioContext, options: OscillatorOptions): OpenSource {
  checkOscillator(options);
  const { frequencyHz = 440, waveform = 'sine', levelDb = -12, sweep } = options;
  const tone = new OscillatorNode(context, { type: waveform, frequency: frequencyHz });
  const level = new GainNode(context, { gain: 10 ** (levelDb / 20) });
  if (sweep !== undefined) scheduleSweep(tone.frequency, frequencyHz, sweep, context.currentTime);
  tone.connect(level);
  tone.start();
  return {
    kind: 'oscillator',
    label: 'Oscillator',
    node: level,
    track: null,
    onEnd: () => undefined,
    stop: () => {
      tone.stop();
      tone.disconnect();
      level.disconnect();
    },
  };
}

function scheduleSweep(
  frequency: AudioParam,
  fromHz: number,
  sweep: Sweep,
  startSec: number,
): void {
  frequency.setValueAtTime(fromHz, startSec);
  for (let turn = 1; turn <= sweepTurns; turn += 1) {
    const targetHz = turn % 2 === 1 ? sweep.toHz : fromHz;
    frequency.exponentialRampToValueAtTime(targetHz, startSec + turn * sweep.seconds);
  }
}
