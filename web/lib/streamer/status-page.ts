/** What Icecast's status page says: which mounts are on air, and how long it took to answer. */

/** The page of one server. */
export class StatusPage {
  readonly #url: string;
  readonly #mount: string | null;
  readonly #stem: string;
  readonly #tripsMs: number[] = [];

  /**
   * @param mount On the page; null: any that is called as the last part of the socket's address.
   * @param socketUrl Where the stream goes.
   */
  constructor(url: string, mount: string | null, socketUrl: string) {
    this.#url = url;
    this.#mount = mount;
    this.#stem = new URL(socketUrl).pathname.split('/').at(-1) ?? '';
  }

  /** The shortest of the last round trips: the others waited for something. Null before the first. */
  get roundTripMs(): number | null {
    return this.#tripsMs.length === 0 ? null : Math.min(...this.#tripsMs);
  }

  /** Whether the mount is on air; null: the page does not answer. */
  async isOnAir(): Promise<boolean | null> {
    const text = await this.#text();
    if (text === null) return null;
    return mountsOf(text).some((mount) => this.#isOurs(mount));
  }

  async #text(): Promise<string | null> {
    const fromMs = performance.now();
    const signal = AbortSignal.timeout(patienceMs);
    try {
      const response = await fetch(this.#url, { cache: 'no-store', credentials: 'omit', signal });
      const text = await response.text();
      if (!response.ok || !text.includes('"icestats"')) return null;
      this.#tripsMs.push(performance.now() - fromMs);
      if (this.#tripsMs.length > keptTrips) this.#tripsMs.shift();
      return text;
    } catch {
      // Unreachable, too slow or not allowed: all of them mean that it cannot be asked.
      return null;
    }
  }

  #isOurs(mount: string): boolean {
    if (this.#mount !== null) return mount === this.#mount;
    const name = mount.slice(1);
    return name === this.#stem || name.startsWith(`${this.#stem}.`);
  }
}

const patienceMs = 3000;
const keptTrips = 8;

/** Icecast 2.4 without a source answers what is no JSON, so only the addresses are looked for. */
export function mountsOf(status: string): string[] {
  return [...status.matchAll(/"listenurl":\s*"(?<url>[^"\\]+)"/g)]
    .map(({ groups }) => groups?.['url'] ?? '')
    .filter((url) => URL.canParse(url))
    .map((url) => new URL(url).pathname);
}
