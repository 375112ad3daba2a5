/** Texts with their times, in the forms that other programs read. */

/** One line of what was said. */
export interface Caption {
  /** From the beginning of the recording, or of the session. */
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
}

/** SubRip, WebVTT (W3C), plain lines, or JSON: `{schema: 1, captions}`. */
export type CaptionFormat = 'text' | 'srt' | 'vtt' | 'json';

/** All forms. */
export const captionFormats: readonly CaptionFormat[] = ['text', 'srt', 'vtt', 'json'];

/** As wide as captions usually are (EBU and Netflix count 42). */
const lineLength = 42;

/** The whole file, with a line break at its end; captions without text are left out. */
export function formatCaptions(captions: readonly Caption[], format: CaptionFormat): string {
  const spoken = captions
    .map((caption) => ({ ...caption, text: caption.text.replace(/\s+/g, ' ').trim() }))
    .filter(({ text }) => text !== '');
  switch (format) {
    case 'text':
      return spoken.map(({ text }) => `${text}\n`).join('');
    case 'srt':
      return spoken.map((caption, i) => `${i + 1}\n${cue(caption, ',')}\n`).join('\n');
    case 'vtt':
      return `WEBVTT\n\n${spoken.map((caption) => `${cue(escaped(caption), '.')}\n`).join('\n')}`;
    case 'json':
      return `${JSON.stringify({ schema: 1, captions: spoken }, undefined, 2)}\n`;
  }
}

function cue({ startMs, endMs, text }: Caption, point: string): string {
  return `${timeText(startMs, point)} --> ${timeText(endMs, point)}\n${wrapped(text)}`;
}

/** WebVTT reads these as tags and references. */
function escaped(caption: Caption): Caption {
  const text = caption.text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
  return { ...caption, text };
}

function timeText(ms: number, point: string): string {
  const whole = Math.max(0, Math.round(ms));
  const [hours, minutes, seconds] = [3_600_000, 60_000, 1000].map((unit, i) =>
    pad(Math.floor(whole / unit) % (i === 0 ? Infinity : 60), 2),
  );
  return `${hours}:${minutes}:${seconds}${point}${pad(whole % 1000, 3)}`;
}

const pad = (value: number, digits: number): string => String(value).padStart(digits, '0');

function wrapped(text: string): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    const fits = last !== undefined && last.length + 1 + word.length <= lineLength;
    if (fits) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.join('\n');
}
