/** Why a file is not played, in words for a person. */
import { PlayerError } from '../errors.ts';
import type { Refusal } from './messages.ts';

const anotherFile = 'Choose another file: WAV, FLAC, MP3, Ogg, M4A and WebM work in most browsers.';

export function fileRefused(label: string, { code, detail }: Refusal): PlayerError {
  switch (code) {
    case 'file-unreadable':
      return new PlayerError(
        code,
        `“${label}” is no audio file that can be read: ${detail}.`,
        anotherFile,
      );
    case 'no-audio':
      return new PlayerError(code, `“${label}” has no sound in it.`, anotherFile);
    case 'codec-unsupported':
      return new PlayerError(
        code,
        `This browser cannot decode “${label}”: its codec is ${detail}.`,
        'Play it in another browser, or convert it to FLAC or WAV.',
      );
    case 'too-many-channels':
      return new PlayerError(
        code,
        `“${label}” has ${detail} channels; an input of the mixer has two.`,
        'Mix it down to stereo first.',
      );
  }
}

/** @param sec Where. */
export function fileDamaged(label: string, sec: number, reason: string): PlayerError {
  return new PlayerError(
    'file-damaged',
    `“${label}” is damaged ${sec.toFixed(1)} s from its beginning: ${reason}. What lies before was played.`,
    'Go on behind that place, or choose another copy of the file.',
  );
}

export function inputTaken(input: number, label: string): PlayerError {
  return new PlayerError(
    'input-taken',
    `Input ${input + 1} is taken by “${label}”.`,
    'Close that source first, or choose another input.',
  );
}

export function foreignAddress(url: URL): PlayerError {
  return new PlayerError(
    'address-refused',
    `${url.href} is not of this page’s own origin, so the page may not read it.`,
    'Serve the file from the page’s own server, or open it from the disk.',
  );
}

export function workerFailed(reason: string): PlayerError {
  return new PlayerError(
    'worker-failed',
    `The player’s Worker does not work: ${reason || 'it gave no reason'}.`,
    'Close the player and open the file again.',
  );
}

export function playerClosed(): PlayerError {
  return new PlayerError('closed', 'The player was closed.', 'Open the file again.');
}
