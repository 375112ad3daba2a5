/** What the Voice view says. */
import { frameSamples } from '../../lib/index.ts';
import { formatBytes, formatSpan } from '../format.ts';
import type { Failure } from './failure.ts';
import { notIsolatedNotice, type Problem, problemNotice } from './problem.ts';
import type { TranscriptLine } from './transcript.ts';
import type { ByteCount, TranscriptFormat, VoiceState } from './voice-desk.ts';
import type { VoiceTrack } from './voice-track.ts';

/** The card for a problem. */
export const speechNotice = (problem: Problem): Failure => problemNotice(problem, 'Try again');

/** Without shared memory there is no voice ring to listen to. */
export const voiceNotIsolated: Failure = notIsolatedNotice(
  'Speech is not found in this page.',
  'Voice detection and speech to text read the sound from memory that they share with the audio thread, and this page may share none.',
);

/** A Worker was lost and another one takes its place. */
export function workerReplaced(restarts: number): Failure {
  return {
    code: 'worker-replaced',
    tone: 'info',
    title: 'The speech Worker was lost, and another one was started.',
    meaning: `It happened ${restarts === 1 ? 'once' : `${restarts} times`}. What the voice ring still holds is written down by the new one; what is lost is a line of the transcript.`,
    remedy: '',
    action: 'retry',
    actionLabel: 'Start anew',
    detail: '',
  };
}

/** What is going on, in a line. */
export function phaseInWords({
  phase,
  isWriting,
}: Pick<VoiceState, 'phase' | 'isWriting'>): string {
  if (phase === 'idle') return 'Nobody listens yet.';
  if (phase === 'loading') return 'Loading what it takes.';
  return isWriting ? 'Listening, and writing down what is said.' : 'Listening for speech.';
}

/** `3.2 MiB of 26.9 MiB`. */
export function progressInWords(progress: ByteCount | null): string {
  if (progress === null) return '';
  return `${formatBytes(progress.loadedBytes)} of ${formatBytes(progress.totalBytes)}`;
}

/** What the strip shows, for those who do not see it. */
export function trackInWords(track: VoiceTrack): string {
  const current = track.stretches.at(-1);
  if (current === undefined) return 'No speech in the last half minute.';
  if (current.endSample !== null) return 'No speech now.';
  const samples = track.endFrame * frameSamples - current.startSample;
  return `Speech since ${formatSpan(samples / 16_000)}.`;
}

/** What a lost stretch says in the transcript. */
export function lostInWords({ startMs, endMs }: TranscriptLine): string {
  return `${formatSpan((endMs - startMs) / 1000)} of speech were lost: nobody held them any more.`;
}

/** What a line is heard with, if it is not. */
export const soundWords = {
  gone: 'The sound of this line is gone: the voice ring holds the last half minute.',
  part: 'Only the end of this line is still held.',
} as const;

/** A file of each form: its name's ending, and its type. */
export const transcriptFiles: Readonly<
  Record<
    TranscriptFormat,
    { readonly label: string; readonly ending: string; readonly type: string }
  >
> = {
  text: { label: 'TXT', ending: 'txt', type: 'text/plain' },
  srt: { label: 'SRT', ending: 'srt', type: 'application/x-subrip' },
  vtt: { label: 'VTT', ending: 'vtt', type: 'text/vtt' },
  json: { label: 'JSON', ending: 'json', type: 'application/json' },
};

/** `transcript-2026-01-31-12-00-00.srt`. */
export function transcriptFileName(format: TranscriptFormat, now: Date): string {
  const stamp = now.toISOString().slice(0, 19).replace(/[T:]/g, '-');
  return `transcript-${stamp}.${transcriptFiles[format].ending}`;
}
