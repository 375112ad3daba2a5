/** Files on this machine's disk, written as the recorder's Worker writes those of its own. */
import fs from 'node:fs';
import path from 'node:path';
import { fromRoot } from '../../scripts/lib/paths.mjs';
import { WavEncoder } from '../../web/lib/recorder/wav-encoder.ts';
import type { NewTake } from '../../web/lib/recorder/messages.ts';
import { type SyncFile, TakeFile } from '../../web/lib/recorder/take-file.ts';
import { TakeWriter } from '../../web/lib/recorder/take-writer.ts';
import type { WavShape } from '../../web/lib/recorder/wav-header.ts';

/** A file by its path. */
export class DiskFile implements SyncFile {
  readonly #file: number;

  constructor(name: string) {
    this.#file = fs.openSync(name, fs.existsSync(name) ? 'r+' : 'w+');
  }

  write(bytes: Uint8Array, { at }: { readonly at: number }): number {
    return fs.writeSync(this.#file, bytes, 0, bytes.length, at);
  }

  read(bytes: Uint8Array, { at }: { readonly at: number }): number {
    return fs.readSync(this.#file, bytes, 0, bytes.length, at);
  }

  truncate(size: number): void {
    fs.ftruncateSync(this.#file, size);
  }

  getSize(): number {
    return fs.fstatSync(this.#file).size;
  }

  /** What is written outlives this process; a disk that is really waited for makes tests slow. */
  flush(): void {
    this.getSize();
  }

  close(): void {
    fs.closeSync(this.#file);
  }
}

/** A folder that goes with its owner. */
export class RecordFolder implements Disposable {
  readonly path: string = fs.mkdtempSync(fromRoot('build', 'test-record-'));

  file(name: string): TakeFile {
    return new TakeFile(new DiskFile(this.pathOf(name)));
  }

  pathOf(name: string): string {
    return path.join(this.path, name);
  }

  /** A take of WAV without dither: `take.wav`, with its journal and its overview. */
  writer({ sampleType, channels, sampleRate }: WavShape): TakeWriter {
    const take: NewTake = {
      ...{ id: 'take', name: 'take', format: 'wav24', source: 'mix' as const },
      ...{ channels, sampleRate, createdAt: '2026-01-01T00:00:00.000Z' },
    };
    const [audio, journal, overview] = ['take.wav', 'take.json', 'take.envelope'].map((name) =>
      this.file(name),
    ) as [TakeFile, TakeFile, TakeFile];
    const task = { channels, sampleRate, bitrateKbps: 96, dither: 'none' } as const;
    const encoder = new WavEncoder(audio, sampleType, task);
    return new TakeWriter(take, { audio, journal, overview }, encoder, () => undefined);
  }

  [Symbol.dispose](): void {
    fs.rmSync(this.path, { recursive: true });
  }
}
