/** A radio on free ports of this machine, and a listener of it. */
import { spawnSync } from 'node:child_process';
import { commandExists } from '../../scripts/lib/paths.mjs';
import { freePort } from '../../scripts/lib/serve.mjs';
import { canServeRadio, RadioChain } from '../../scripts/radio/radio-chain.mjs';

/** Without the servers, or what decodes their streams, there is nothing to test. */
export const radioIsThere = canServeRadio() && commandExists('ffmpeg');

export const streamRateHz = 48_000;

/** @param bufferSec Of the studio's stream: a pause of it that is shorter is not heard. */
export async function startRadio(bufferSec?: number): Promise<RadioChain> {
  const ports = {
    master: await freePort(),
    relay1: await freePort(),
    relay2: await freePort(),
    studio: await freePort(),
  };
  return RadioChain.start({ ports, ...(bufferSec === undefined ? {} : { bufferSec }) });
}

/** Somebody who listens: keeps what comes, until it is stopped. */
export class RadioListener {
  readonly #chunks: Buffer[] = [];
  readonly #ends = new AbortController();
  readonly #reading: Promise<void>;

  private constructor(body: ReadableStream<Uint8Array>) {
    this.#reading = this.#read(body);
  }

  static async tune(url: string): Promise<RadioListener> {
    const response = await fetch(url);
    if (!response.ok || response.body === null) throw new Error(`${url}: ${response.status}`);
    return new RadioListener(response.body);
  }

  get bytes(): number {
    return this.#chunks.reduce((sum, { length }) => sum + length, 0);
  }

  /** What was heard so far, at 48 kHz: the left channel. */
  heard(): Float32Array {
    return decode(Buffer.concat(this.#chunks));
  }

  /** Whether words about the stream have come. They begin with a tag's name, of whatever case. */
  received(words: string): boolean {
    const text = Buffer.concat(this.#chunks).toString('latin1');
    return text.toLowerCase().includes(words.toLowerCase());
  }

  /** Ends it, and gives what was heard. */
  async stop(): Promise<Float32Array> {
    this.#ends.abort();
    await this.#reading;
    return this.heard();
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    const reader = body.getReader();
    this.#ends.signal.addEventListener('abort', () => void reader.cancel());
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      this.#chunks.push(Buffer.from(value));
    }
  }
}

const decoderBytes = 256 * 1024 * 1024;

function decode(stream: Buffer): Float32Array {
  const format = ['-f', 'f32le', '-ac', '1', '-ar', `${streamRateHz}`];
  const left = ['-af', 'pan=mono|c0=c0'];
  const { stdout } = spawnSync('ffmpeg', ['-v', 'quiet', '-i', '-', ...left, ...format, '-'], {
    input: stream,
    maxBuffer: decoderBytes,
  });
  const whole = stdout.length - (stdout.length % Float32Array.BYTES_PER_ELEMENT);
  return new Float32Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + whole));
}

/** A tone as the studio would send it: Opus in pages of 40 ms, 12 bytes for a millisecond. */
export function toneInOgg(frequencyHz: number, seconds: number): Buffer {
  const { stdout } = spawnSync(
    'ffmpeg',
    [
      ...['-v', 'error', '-f', 'lavfi', '-i'],
      `sine=${frequencyHz}:r=${streamRateHz}:d=${seconds}`,
      ...[
        '-ac',
        '2',
        '-c:a',
        'libopus',
        '-b:a',
        '96k',
        '-page_duration',
        '40000',
        '-f',
        'ogg',
        '-',
      ],
    ],
    { maxBuffer: decoderBytes },
  );
  return stdout;
}
