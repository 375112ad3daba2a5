/** `quanta` in this process, and a folder for its files. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { main } from '../../scripts/quanta/main.mjs';

export interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What `meter --json` says of one channel. */
export interface ChannelReading {
  readonly place: string | null;
  readonly weight: number;
  readonly peakDbfs: number | null;
  readonly truePeakDbtp: number | null;
  readonly rmsDbfs: number | null;
}

/** What `meter --json` says of one file that it could use. */
export interface Reading {
  readonly file: string;
  readonly ok: true;
  readonly rateHz: number;
  readonly channels: number;
  readonly encoding: string;
  readonly frames: number;
  readonly seconds: number;
  readonly promisedFrames: number | null;
  readonly peakDbfs: number | null;
  readonly truePeakDbtp: number | null;
  readonly rmsDbfs: number | null;
  readonly maxMomentaryLufs: number | null;
  readonly maxShortTermLufs: number | null;
  readonly integratedLufs: number | null;
  readonly rangeLu: number | null;
  readonly badSamples: number;
  readonly channelReadings: readonly ChannelReading[];
}

interface Tone {
  readonly frequencyHz: number;
  readonly errorHz: number;
  readonly note: string;
  readonly cents: number;
  readonly errorCents: number;
}

/** What `analyze --json` says of one file. */
export interface Analyzed {
  readonly windowFrames: number;
  readonly hopFrames: number;
  readonly badSamples: number;
  readonly windows: readonly {
    readonly centreFrame: number;
    readonly centreSeconds: number;
    readonly fundamental: (Tone & { readonly inharmonicity: number }) | null;
    readonly partials: readonly (Tone & {
      readonly levelDbfs: number;
      readonly phase: number;
      readonly harmonic: number | null;
    })[];
  }[];
}

/** What `--json` says of a file that could not be used. */
export interface Failure {
  readonly file: string;
  readonly ok: false;
  readonly error: { readonly code: string; readonly message: string };
}

/** A folder of its own; `using` removes it. */
export class QuantaFolder implements Disposable {
  readonly path = mkdtempSync(path.join(tmpdir(), 'quanta-'));

  /** Writes a file and returns its name. */
  write(name: string, bytes: Uint8Array): string {
    writeFileSync(this.pathOf(name), bytes);
    return name;
  }

  read(name: string): Buffer {
    return readFileSync(this.pathOf(name));
  }

  pathOf(name: string): string {
    return path.join(this.path, name);
  }

  /** The names of all files. */
  get names(): string[] {
    return readdirSync(this.path).toSorted();
  }

  /** Runs the program on files of this folder, with what it needs already there. */
  async run(args: readonly string[], signal?: AbortSignal): Promise<Ended> {
    let [stdout, stderr] = ['', ''];
    const exitCode = await main(args, {
      output: { out: (text) => void (stdout += text), err: (text) => void (stderr += text) },
      folder: this.path,
      prepare: () => Promise.resolve(true),
      ...(signal && { signal }),
    });
    return { exitCode, stdout, stderr };
  }

  /** What `meter --json` says of one file that it can use. */
  meter(name: string, ...options: string[]): Promise<Reading> {
    return this.first<Reading>(['meter', name, ...options]);
  }

  /** What `--json` says of the first file; the command is done with all of them. */
  async first<Result>(args: readonly string[]): Promise<Result> {
    const { exitCode, stdout, stderr } = await this.run([...args, '--json']);
    if (exitCode !== 0) throw new Error(stderr);
    return (JSON.parse(stdout) as { files: [Result] }).files[0];
  }

  /** What `meter --json` says of a sound. */
  meterBytes(bytes: Uint8Array): Promise<Reading> {
    return this.meter(this.write('sound.wav', bytes));
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true });
  }
}
