/** What the Status view tells, fact by fact. */
import { canCaptureDisplay } from '../../lib/index.ts';
import { formatBytes, formatCount, formatFixed } from '../format.ts';
import { reasonInShort } from './engine-notice.ts';
import { offlineFact } from './offline-words.ts';
import type { PageState } from './page-state.ts';

/** A name, its value in words, and a colour where it means something. */
export interface Fact {
  readonly name: string;
  readonly value: string;
  readonly tone?: 'good' | 'warn' | 'bad' | undefined;
}

const engineNames = {
  wasm: 'C++ as WebAssembly',
  javascript: 'the same C++ as JavaScript',
  none: 'none: only the waveform and the quanta',
} as const;

/** The engine: what runs, and why. */
export function engineFacts({ engine, session }: PageState): Fact[] {
  if (engine === null || session === null) {
    return [{ name: 'Status', value: 'idle: it starts with the audio' }];
  }
  const bytes = session.memory?.buffer.byteLength;
  const facts: Fact[] = [
    { name: 'Status', value: engine.status, tone: engine.status === 'active' ? 'good' : 'warn' },
    { name: 'Form', value: engineNames[engine.engine] },
    {
      name: 'Memory',
      value: bytes === undefined ? 'on the audio thread' : `${formatBytes(bytes)}, shared`,
    },
  ];
  if (engine.reason === null) return facts;
  const reason = { name: 'Reason', value: reasonInShort(engine.reason) };
  return [...facts, reason, { name: 'In the browser’s words', value: engine.detail }];
}

/** The session: its clock, its source. */
export function sessionFacts({ session, phase, sourceLabel }: PageState): Fact[] {
  if (session === null) return [{ name: 'State', value: phase }];
  const { sampleRate, quantumFrames, context } = session;
  return [
    { name: 'State', value: phase },
    { name: 'Source', value: sourceLabel === '' ? 'none' : sourceLabel },
    { name: 'Sample rate', value: `${formatCount(sampleRate)} Hz` },
    { name: 'Quantum', value: `${formatCount(quantumFrames)} frames` },
    {
      name: 'Time for a quantum',
      value: `${formatFixed((quantumFrames / sampleRate) * 1000, 3)} ms`,
    },
    { name: 'Output', value: `${context.destination.channelCount} channels` },
    { name: 'Monitor', value: session.monitor ? 'on' : 'off' },
  ];
}

/** The browser: what it offers to this page. */
export function browserFacts({ offline }: PageState): Fact[] {
  const context = globalThis.AudioContext?.prototype as object | undefined;
  const offers = (name: string): boolean => context !== undefined && name in context;
  return [
    has('Secure page', globalThis.isSecureContext),
    has('Cross-origin isolated', globalThis.crossOriginIsolated),
    has('Audio worklets', 'AudioWorkletNode' in globalThis),
    has('WebAssembly', 'WebAssembly' in globalThis),
    has('Choice of the quantum', offers('renderQuantumSize')),
    has('Counts underruns', offers('playbackStats')),
    has('Tells the output latency', offers('outputLatency')),
    has('Shares tab or system audio', canCaptureDisplay()),
    offlineFact(offline),
  ];
}

function has(name: string, present: boolean): Fact {
  return { name, value: present ? 'yes' : 'no', tone: present ? 'good' : 'warn' };
}
