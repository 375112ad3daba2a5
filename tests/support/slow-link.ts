/** A line to a server of this machine that carries as much as it is told to. */
import net, { type AddressInfo, type Socket } from 'node:net';

/** Time between two portions of a slow line. */
const portionMs = 20;

export class SlowLink implements AsyncDisposable {
  readonly #server: net.Server;
  readonly #lines = new Set<Socket>();
  /** Bytes per second towards the server. */
  #bytesPerSec = Infinity;

  private constructor(target: number) {
    this.#server = net.createServer((near) => this.#join(near, target));
  }

  /** @param target Port of the server. */
  static async open(target: number): Promise<SlowLink> {
    const link = new SlowLink(target);
    await new Promise<void>((resolve) => {
      link.#server.listen(0, '127.0.0.1', resolve);
    });
    return link;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** @param bytesPerSec Infinity: as fast as it goes. */
  carry(bytesPerSec: number): void {
    this.#bytesPerSec = bytesPerSec;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const line of this.#lines) line.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #join(near: Socket, target: number): void {
    const far = net.connect(target, '127.0.0.1');
    far.pipe(near);
    near.on('data', (data) => {
      far.write(data);
      // The line is busy for as long as this takes.
      const busyMs = (data.length * 1000) / this.#bytesPerSec;
      if (busyMs < portionMs) return;
      near.pause();
      setTimeout(() => near.resume(), busyMs);
    });
    for (const [line, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#lines.add(line);
      line.on('error', () => line.destroy());
      line.on('close', () => {
        this.#lines.delete(line);
        other.destroy();
      });
    }
  }
}
