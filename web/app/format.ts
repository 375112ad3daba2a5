/** Numbers as people read them: a real minus sign, and thousands apart. */

// Monospaced fonts draw a thin space as wide as a digit, or wider: a plain one that does not break, and
// the style sheet narrows it.
const groupSpace = '\u00a0';
const minus = '\u2212';

/** What stands where nothing was measured yet. */
export const noFigure = '–';

/** `28 800 000`: a whole number with its thousands apart. */
export function formatCount(value: number): string {
  const digits = Math.abs(Math.trunc(value)).toFixed(0);
  return signed(value, digits.replace(/\B(?=(\d{3})+$)/g, groupSpace));
}

/** `−15.1`: a number with a fixed count of decimals. */
export function formatFixed(value: number, decimals: number): string {
  const text = Math.abs(value).toFixed(decimals);
  return signed(Number(text) === 0 ? 0 : value, text);
}

/** `−15.1` or `−∞`: a level with one decimal. */
export function formatDb(db: number): string {
  return db === -Infinity ? `${minus}∞` : formatFixed(db, 1);
}

// Nothing that a converter turns into sound: what an effect leaves behind as it fades.
const silenceDb = -150;

/** `−15.1`, or `−∞` for levels that are silence to everybody. */
export function formatMeter(db: number): string {
  return formatDb(db < silenceDb ? -Infinity : db);
}

/** `375.0` or `48 000.0`: a rate with one decimal. */
export function formatRate(perSec: number): string {
  const [whole = '0', tenth = '0'] = perSec.toFixed(1).split('.');
  return `${formatCount(Number(whole))}.${tenth}`;
}

/** `10:00.000` or `1:10:00.000`: a time on the audio clock. */
export function formatClock(seconds: number): string {
  const totalMs = Math.round(seconds * 1000);
  const part = (divisor: number, range: number, digits: number): string =>
    String(Math.floor(totalMs / divisor) % range).padStart(digits, '0');
  const tail = `${part(60_000, 60, 2)}:${part(1000, 60, 2)}.${part(1, 1000, 3)}`;
  const hours = Math.floor(totalMs / 3_600_000);
  return hours === 0 ? tail : `${hours}:${tail}`;
}

/** `10:00` or `1:10:00`: whole seconds. */
export function formatElapsed(seconds: number): string {
  return formatClock(Math.floor(seconds)).slice(0, -'.000'.length);
}

/** `48 kHz` or `44.1 kHz`. */
export function formatKhz(rateHz: number): string {
  return `${Number((rateHz / 1000).toFixed(3))} kHz`;
}

/** `1.4 KiB`, `3.2 MiB`, `1.2 GiB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  const power = Math.min(byteUnits.length, Math.floor(Math.log2(bytes) / 10));
  return `${(bytes / 1024 ** power).toFixed(1)} ${byteUnits[power - 1] ?? ''}`;
}

const byteUnits = ['KiB', 'MiB', 'GiB', 'TiB'] as const;

/** `340 ms`, `5.3 ms`, `1.2 s`: a span with two or three digits. */
export function formatSpan(seconds: number): string {
  if (seconds >= 1) return `${Number(seconds.toFixed(1))} s`;
  const ms = seconds * 1000;
  return `${ms >= 10 ? Math.round(ms) : Number(ms.toFixed(1))} ms`;
}

function signed(value: number, digits: string): string {
  return value < 0 ? minus + digits : digits;
}
