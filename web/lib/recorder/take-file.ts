/** A file that a Worker writes: nothing is taken for written that is not. */
import { storageError, storageFull } from './recorder-errors.ts';

/** What a file of the origin-private file system offers a Worker: a `FileSystemSyncAccessHandle`. */
export interface SyncFile {
  write(bytes: Uint8Array<ArrayBuffer>, options: { readonly at: number }): number;
  read(bytes: Uint8Array<ArrayBuffer>, options: { readonly at: number }): number;
  truncate(size: number): void;
  getSize(): number;
  flush(): void;
  close(): void;
}

/** Bytes in their order, and at places where there are some already. Worker only. */
export class TakeFile {
  readonly #file: SyncFile;
  #size: number;

  constructor(file: SyncFile) {
    this.#file = file;
    this.#size = file.getSize();
  }

  /** Bytes that the file has. */
  get size(): number {
    return this.#size;
  }

  /** @throws RecorderError `storage-full`, `storage-failed`. */
  append(bytes: Uint8Array<ArrayBuffer>): void {
    this.writeAt(bytes, this.#size);
  }

  /** @throws RecorderError `storage-full`, `storage-failed`. */
  writeAt(bytes: Uint8Array<ArrayBuffer>, at: number): void {
    let written: number;
    try {
      written = this.#file.write(bytes, { at });
    } catch (error) {
      throw storageError(error);
    }
    // Browsers may write less than all, without a word, where there is no room.
    this.#size = Math.max(this.#size, at + written);
    if (written !== bytes.length) throw storageFull();
  }

  /** Up to so many bytes from there on. */
  read(at: number, length: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(length);
    return bytes.subarray(0, this.#file.read(bytes, { at }));
  }

  truncate(size: number): void {
    this.#file.truncate(size);
    this.#size = size;
  }

  /** Brings to the disk what was written. */
  flush(): void {
    try {
      this.#file.flush();
    } catch (error) {
      throw storageError(error);
    }
  }

  close(): void {
    this.#file.close();
  }
}
