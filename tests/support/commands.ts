/** npm commands, run as a reader of the documents types them. */
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';
import { root } from '../../scripts/lib/paths.mjs';

/** A running command with all that it printed; `await using` ends it and what it started. */
export class Command implements AsyncDisposable {
  readonly #child: ChildProcessByStdio<null, Readable, Readable>;
  readonly #ended: Promise<number>;
  readonly #watchers = new Set<() => void>();
  output = '';

  private constructor(args: readonly string[]) {
    // A group of its own, so that npm's shell and what it started end together.
    this.#child = spawn('npm', args, {
      cwd: root,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1' },
    });
    this.#ended = new Promise((resolve, reject) => {
      this.#child.on('error', reject);
      this.#child.on('close', (code) => resolve(code ?? -1));
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (text: string) => this.#receive(text));
    }
  }

  /** Starts `npm` with these arguments. */
  static npm(args: readonly string[]): Command {
    return new Command(args);
  }

  #receive(text: string): void {
    this.output += text;
    for (const watcher of this.#watchers) watcher();
  }

  /** Its exit code, when it has ended; -1 when a signal ended it. */
  exitCode(): Promise<number> {
    return this.#ended;
  }

  /** Settles when the output matches. @throws Error with the output when it ends before that. */
  async prints(pattern: RegExp): Promise<void> {
    const printed = new Promise<'printed'>((resolve) => {
      const watch = () => {
        if (pattern.test(this.output)) resolve('printed');
      };
      this.#watchers.add(watch);
      watch();
    });
    const first = await Promise.race([printed, this.#ended]);
    if (first !== 'printed' && !pattern.test(this.output)) {
      throw new Error(`It ended with ${first} and never printed ${pattern}:\n${this.output}`);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { pid, exitCode } = this.#child;
    if (pid !== undefined && exitCode === null) process.kill(-pid, 'SIGTERM');
    await this.#ended;
  }
}
