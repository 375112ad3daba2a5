/** What is written beside a take: all that is known of it, from its first second on. */
import { isRecordFormat } from './record-format.ts';
import type { Dropout, Take } from './take.ts';

/** A take and whether it was finished. */
export interface Journal {
  /** Of one that was not: frames and bytes are those that a reader of the file finds whole. */
  readonly take: Take;
  /** `recording`: nobody finished it; `done`: its file is whole. */
  readonly state: 'recording' | 'done';
}

const schema = 1;
/** A journal is a whole number of these. */
const stepBytes = 1024;
/** By so much it may become longer in its last write: where the disk is full, it still can be written. */
const spareBytes = 256;

/**
 * The text of a journal.
 *
 * @param minLength It is filled up to so many bytes with spaces, and some more: so one write takes the
 *   place of an older text, and none is ever torn.
 */
export function encodeJournal(journal: Journal, minLength = 0): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(`${JSON.stringify({ schema, ...journal })}\n`);
  const room = minLength - text.length >= 0 ? minLength : text.length + spareBytes;
  const padded = new Uint8Array(stepBytes * Math.ceil(room / stepBytes)).fill(0x20);
  padded.set(text);
  return padded;
}

/** A journal of its text; null where the text is none. */
export function decodeJournal(text: string): Journal | null {
  const value = parsed(text);
  if (!isObject(value) || value['schema'] !== schema || !isTake(value['take'])) return null;
  const { state, take } = value;
  return state === 'recording' || state === 'done' ? { state, take } : null;
}

/** For programs and people: the sidecar of a take. */
export function sidecarText(take: Take): string {
  return `${JSON.stringify(take, null, 2)}\n`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0;

function isTake(value: unknown): value is Take {
  if (!isObject(value)) return false;
  const texts = ['id', 'name', 'createdAt'].every((name) => typeof value[name] === 'string');
  const counts = ['frames', 'bytes'].every((name) => isCount(value[name]));
  const { source, channels, sampleRate, dropouts, isRepaired } = value;
  const heard = (source === 'mix' || isCount(source)) && (channels === 1 || channels === 2);
  const lost = Array.isArray(dropouts) && dropouts.every(isDropout);
  const rest = typeof sampleRate === 'number' && sampleRate > 0 && typeof isRepaired === 'boolean';
  return texts && counts && heard && lost && rest && isRecordFormat(value['format']);
}

function isDropout(value: unknown): value is Dropout {
  return isObject(value) && isCount(value['atFrame']) && isCount(value['frames']);
}
