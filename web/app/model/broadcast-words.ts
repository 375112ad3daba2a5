/** What the Broadcast view says. */
import { formatSpan } from '../format.ts';
import type {
  BroadcastFormat,
  BroadcastFormatChoice,
  BroadcastPhase,
  BroadcastState,
  BroadcastStatus,
} from './broadcast-desk.ts';
import type { DelayHistory } from './delay-history.ts';
import type { Failure } from './failure.ts';
import { notIsolatedNotice, type Problem, problemNotice } from './problem.ts';

/** `Opus`. */
export const broadcastLabels: Readonly<Record<BroadcastFormat, string>> = {
  opus: 'Opus: shortest delay',
  mp3: 'MP3: plays everywhere',
};

/** In kbit/s. */
export const broadcastBitrates: readonly number[] = [1, 1.5, 2, 3, 4, 5].map(
  (factor) => 64 * factor,
);

const titles: Readonly<Record<BroadcastPhase, string>> = {
  idle: 'Off air',
  connecting: 'Connecting',
  live: 'On air',
  reconnecting: 'Reconnecting',
  rejected: 'Rejected',
  stopped: 'Stopped',
};

/** `On air`. */
export const phaseTitle = (phase: BroadcastPhase): string => titles[phase];

/** Whether something is sent, or tried. */
export const isSending = (phase: BroadcastPhase): boolean =>
  ['connecting', 'live', 'reconnecting'].includes(phase);

/** How the state looks: it is told in words as well. */
export function phaseTone(phase: BroadcastPhase): 'good' | 'warn' | 'bad' | 'none' {
  if (phase === 'live') return 'good';
  if (phase === 'rejected') return 'bad';
  return phase === 'connecting' || phase === 'reconnecting' ? 'warn' : 'none';
}

/** Why it is as it is, in a sentence. */
export function broadcastInWords({ status, isReady }: BroadcastState, language?: string): string {
  const { phase, reason, liveSinceMs } = status;
  if (phase === 'live' && liveSinceMs !== null) {
    const since = new Intl.DateTimeFormat(language, { timeStyle: 'medium' }).format(liveSinceMs);
    return reason === '' ? `Live since ${since}.` : `Live since ${since}. ${reason}`;
  }
  if (reason !== '') return reason;
  if (phase === 'connecting') return 'Asking the server.';
  if (phase === 'idle' && !isReady) return 'Press Start first: the audio has to run.';
  return phase === 'idle' ? 'Nothing is sent.' : '';
}

/** `Try 3 in 4 s.`, or empty. */
export function nextTryInWords({ nextTryAtMs, attempt }: BroadcastStatus, nowMs: number): string {
  if (nextTryAtMs === null) return '';
  const seconds = Math.ceil((nextTryAtMs - nowMs) / 1000);
  return seconds <= 0 ? `Try ${attempt} now.` : `Try ${attempt} in ${seconds} s.`;
}

/** The last delays, for those who do not see them drawn. */
export function historyInWords({ samples, longestMs }: DelayHistory): string {
  const last = samples.at(-1);
  if (last === undefined) return 'No delay was measured yet.';
  const dropped = samples.reduce((sum, { droppedMs }) => sum + droppedMs, 0);
  const now = last.ringToSocketMs === null ? 'unknown' : formatSpan(last.ringToSocketMs / 1000);
  const span = `In the last ${samples.length} s`;
  return `From the mix to the socket: ${now} now. ${span}: at most ${formatSpan(longestMs / 1000)}, dropped ${formatSpan(dropped / 1000)}.`;
}

/** Why a format cannot be sent, or empty. */
export function missingFormatInWords(formats: readonly BroadcastFormatChoice[] | null): string {
  return (formats ?? [])
    .filter(({ isSupported }) => !isSupported)
    .map(({ format, reason }) => `No ${format === 'mp3' ? 'MP3' : 'Opus'}: ${reason}`)
    .join(' ');
}

/** The card for a problem. */
export const broadcastNotice = (problem: Problem): Failure => problemNotice(problem, 'All right');

/** Without shared memory there is no ring to read. */
export const broadcastNotIsolated: Failure = notIsolatedNotice(
  'This page cannot broadcast.',
  'The sender reads the sound from memory that it shares with the audio thread, and this page may share none.',
);
