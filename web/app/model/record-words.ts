/** What the Record view says. */
import { recordFormatNames } from '../../lib/index.ts';
import { formatBytes, formatClock, formatElapsed, formatSpan } from '../format.ts';
import type { Choice } from '../dom/field.ts';
import type { Failure } from './failure.ts';
import { notIsolatedNotice, type Problem, problemNotice } from './problem.ts';
import type {
  LostSound,
  RecordState,
  TakeEntry,
  TakeFormat,
  TakeFormatChoice,
} from './record-desk.ts';

// Bytes of a sample; none: it goes by the bitrate. FLAC: what music and speech leave of 24 bits, about.
const sampleBytes: Readonly<Partial<Record<TakeFormat, number>>> = {
  wav16: 2,
  wav24: 3,
  wav32f: 4,
  flac: 1.7,
};

/** Every format, the usual one first. */
export const takeFormats = Object.keys(recordFormatNames) as readonly TakeFormat[];

/** `WAV, 16 bits`. */
export const formatLabel = (format: TakeFormat): string => recordFormatNames[format].label;

/** Whether a format is told a bitrate. */
export const hasBitrate = (format: TakeFormat): boolean => sampleBytes[format] === undefined;

/** In kbit/s. */
export const bitrates: readonly number[] = [1, 1.5, 2, 3, 4, 5].map((factor) => 64 * factor);

/** What a minute takes, about. */
export function bytesPerMinute(
  { settings, sampleRateHz, inputs }: Pick<RecordState, 'settings' | 'sampleRateHz' | 'inputs'>,
  channels = 2,
): number {
  const files = settings.source === 'inputs' ? Math.max(1, inputs.length) : 1;
  const bytes = sampleBytes[settings.format];
  const bytesPerSec =
    bytes === undefined ? (settings.bitrateKbps * 1000) / 8 : sampleRateHz * channels * bytes;
  return 60 * bytesPerSec * files;
}

/** `11.0 MiB a minute. There is room for 36 hours.` */
export function estimateInWords(state: RecordState): string {
  const perMinute = bytesPerMinute(state);
  const about = state.settings.format.startsWith('wav') ? '' : 'about ';
  const size = `${about}${formatBytes(Math.round(perMinute))} a minute.`;
  if (state.freeBytes === null) return size;
  return `${size} There is room for ${lengthInWords(state.freeBytes / perMinute)}.`;
}

/** `36 hours`, `12 minutes`, `less than a minute`. */
function lengthInWords(minutes: number): string {
  if (minutes < 1) return 'less than a minute';
  if (minutes < 120) return counted(Math.floor(minutes), 'minute');
  const hours = Math.floor(minutes / 60);
  return hours > 999 ? 'more than 999 hours' : counted(hours, 'hour');
}

const counted = (count: number, what: string): string =>
  `${count} ${what}${count === 1 ? '' : 's'}`;

/** What is going on, in a line. */
export function recordPhaseInWords({ phase, isReady }: RecordState): string {
  if (phase === 'starting') return 'Opening the file.';
  if (phase === 'recording') return 'Recording.';
  if (phase === 'finishing') return 'Completing the file.';
  return isReady ? 'Ready to record.' : 'Press Start first: the audio has to run.';
}

const toldDropouts = 3;

/** What was lost, and where: `2 gaps, 340 ms in all, at 00:12.3 and 01:02.0. Silence fills them.` */
export function dropoutsInWords(dropouts: readonly LostSound[], sampleRateHz: number): string {
  if (dropouts.length === 0) return 'No sound was lost.';
  const lost = dropouts.reduce((sum, { frames }) => sum + frames, 0) / sampleRateHz;
  const places = dropouts
    .slice(0, toldDropouts)
    .map(({ atFrame }) => formatClock(atFrame / sampleRateHz).slice(0, -2));
  const rest = dropouts.length - places.length;
  const where = rest > 0 ? `${places.join(', ')} and ${rest} more` : places.join(' and ');
  const gaps = counted(dropouts.length, 'gap');
  const fill = dropouts.length === 1 ? 'Silence fills it.' : 'Silence fills them.';
  return `${gaps}, ${formatSpan(lost)} in all, at ${where}. ${fill}`;
}

/** `20 Nov 2026, 19:05`, as the person's language writes it. */
export function dateInWords(atMs: number, language?: string): string {
  const how = { dateStyle: 'medium', timeStyle: 'short' } as const;
  return new Intl.DateTimeFormat(language, how).format(atMs);
}

/** `03:12 · FLAC · 48 kHz stereo · 12.1 MiB` in parts. */
export function takeFacts(take: TakeEntry): readonly string[] {
  const { frames, sampleRateHz, channels, format, bytes } = take;
  const khz = `${Number((sampleRateHz / 1000).toFixed(1))} kHz`;
  const wide = channels === 1 ? 'mono' : channels === 2 ? 'stereo' : `${channels} channels`;
  return [
    formatElapsed(frames / sampleRateHz),
    formatLabel(format),
    `${khz} ${wide}`,
    formatBytes(bytes),
  ];
}

/** The choices of what is recorded. */
export function sourceChoices({ inputs }: Pick<RecordState, 'inputs'>): readonly Choice[] {
  const single = inputs.map(({ input, label }) => ({
    value: String(input),
    label: `Input ${input + 1} only: ${label}`,
  }));
  const all = { value: 'inputs', label: 'Every input, a file each' };
  return [{ value: 'mix', label: 'The mix' }, ...(inputs.length === 0 ? [] : [all]), ...single];
}

/** What this browser cannot write, and why. */
export function missingFormats(formats: readonly TakeFormatChoice[] | null): readonly string[] {
  const missing = (formats ?? []).filter(({ isSupported }) => !isSupported);
  return missing.map(({ label, reason }) => (reason === '' ? label : `${label}: ${reason}`));
}

/** `1 recording was cut off …`, or empty. */
export function recoveredInWords(count: number): string {
  if (count === 0) return '';
  const some = count === 1 ? 'A recording was cut off' : `${count} recordings were cut off`;
  const them = count === 1 ? 'It was mended and is' : 'They were mended and are';
  return `${some} when the page closed. ${them} in the list, marked “recovered”: at most the last second is missing.`;
}

/** A name for a new recording that sorts by time: `Mix 2026-01-31 12.00.00`. */
export function takeName(
  { settings, inputs }: Pick<RecordState, 'settings' | 'inputs'>,
  at: Date,
): string {
  const { source } = settings;
  const label = inputs.find(({ input }) => input === source)?.label;
  const what = source === 'mix' ? 'Mix' : source === 'inputs' ? 'Inputs' : (label ?? 'Input');
  const local = new Date(at.getTime() - 60_000 * at.getTimezoneOffset());
  return `${what} ${local.toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '.')}`;
}

/** The card for a problem. */
export const recordNotice = (problem: Problem): Failure => problemNotice(problem, 'Look again');

/** Without shared memory there is no ring to read. */
export const recordNotIsolated: Failure = notIsolatedNotice(
  'This page cannot record.',
  'The recorder reads the sound from memory that it shares with the audio thread, and this page may share none.',
);
