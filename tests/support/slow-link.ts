/** A line to a server of this machine that carries as much as it is told to, for one connection. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fromRoot } from '../../scripts/lib/paths.mjs';

export class SlowLink implements AsyncDisposable {
  readonly port: number;
  readonly #process: ChildProcessWithoutNullStreams;

  private constructor(process: ChildProcessWithoutNullStreams, port: number) {
    this.#process = process;
    this.port = port;
  }

  /** @param target Port of the server. */
  static async open(target: number): Promise<SlowLink> {
    // Emscripten brings Python.
    const process = spawn('python3', [fromRoot('tests/support/slow-link.py'), `${target}`]);
    const [port] = (await once(process.stdout, 'data')) as [Buffer];
    return new SlowLink(process, Number(port.toString()));
  }

  /** @param bytesPerSec Infinity: as fast as it goes. */
  carry(bytesPerSec: number): void {
    this.#process.stdin.write(`${bytesPerSec === Infinity ? 'inf' : bytesPerSec}\n`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = once(this.#process, 'exit');
    this.#process.kill();
    await ended;
  }
}
