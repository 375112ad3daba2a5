// @ts-check
// What a command fails with. Both messages follow a name: `quanta: NAME: message`.

/**
 * Why a file could not be used: `missing`, `unreadable` (a folder, no leave, a failing disk),
 * `empty` (no samples), `not-wav`, `damaged` (contradicts itself), `truncated` (shorter than its
 * header promises), `unsupported` (a WAV file that this program cannot take), `unwritable` (the
 * output), `too-short` (for the window), `no-channel` (it has not as many), `rate-differs` (from
 * that of the other file), `unrelated` (nothing of the other file is in it),
 * `not-flight` (no flight recording, or one that this program cannot read).
 * @typedef {'missing' | 'unreadable' | 'empty' | 'not-wav' | 'damaged' | 'truncated'
 *   | 'unsupported' | 'unwritable' | 'too-short' | 'no-channel' | 'rate-differs'
 *   | 'unrelated' | 'not-flight'} FileErrorCode
 */

/** A file that cannot be used; the command goes on with the next one. */
export class FileError extends Error {
  /** @override */
  name = 'FileError';

  /**
   * @param {FileErrorCode} code
   * @param {string} message what is wrong with the file, as the rest of a sentence about it
   */
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/** A command line that cannot be carried out. */
export class UsageError extends Error {
  /** @override */
  name = 'UsageError';
}

const REASONS = new Map([
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['EISDIR', 'it is a folder'],
  ['ENOENT', 'no such folder'],
  ['ENOTDIR', 'a part of its path is no folder'],
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'the disk quota is used up'],
  ['EFBIG', 'the file system takes no file of this size'],
  ['EROFS', 'the file system is read-only'],
  ['ELOOP', 'its links go round in circles'],
  ['ENAMETOOLONG', 'its name is too long'],
]);

/**
 * Runs a file operation; what the system refuses becomes a FileError.
 * @template T
 * @param {'unreadable' | 'unwritable'} code
 * @param {() => Promise<T>} operation
 * @returns {Promise<T>}
 */
export async function orFileError(code, operation) {
  try {
    return await operation();
  } catch (error) {
    const reason = systemCode(error);
    if (reason === undefined) throw error;
    if (code === 'unreadable' && reason === 'ENOENT')
      throw new FileError('missing', 'no such file');
    const what = code === 'unreadable' ? 'cannot be read' : 'cannot be written';
    throw new FileError(code, `${what}: ${REASONS.get(reason) ?? reason}`);
  }
}

/**
 * The system's code of a failed file operation, such as `ENOENT`.
 * @param {unknown} error
 * @returns {string | undefined}
 */
export function systemCode(error) {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return undefined;
  return String(error.code);
}
