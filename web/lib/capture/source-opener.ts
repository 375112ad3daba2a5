import type { InputSource, RackTicket, SourceRack } from './source-rack.ts';

/** The session around a source that is being opened. */
export interface OpeningSession {
  /** Throws when the session is closed. */
  requireOpen(): void;
  /** A source is being opened. */
  expect(): void;
  /** A source is open: the audio clock has to run. */
  settle(): Promise<void>;
  /** The source did not come. */
  refuse(error: Error): void;
}

/** Opens sources in a rack, and tells the session how far they are. */
export class SourceOpener {
  readonly #rack: SourceRack;
  readonly #session: OpeningSession;

  constructor(rack: SourceRack, session: OpeningSession) {
    this.#rack = rack;
    this.#session = session;
  }

  /**
   * Opens a source in place of the one at the same input.
   *
   * @throws What `open` throws, the signal's reason, an AbortError when a later call took over.
   */
  async fill<Source extends InputSource>(
    input: number,
    signal: AbortSignal | undefined,
    open: () => Promise<Source>,
  ): Promise<Source> {
    const session = this.#session;
    session.requireOpen();
    const ticket = this.#rack.request(input);
    session.expect();
    try {
      const opened = await this.#rack.fill(ticket, open, () => {
        session.requireOpen();
        signal?.throwIfAborted();
      });
      session.expect();
      await session.settle();
      return opened;
    } catch (error) {
      this.#refuse(ticket, error as Error);
      throw error;
    }
  }

  #refuse(ticket: RackTicket, error: Error): void {
    if (this.#rack.isLatest(ticket)) this.#session.refuse(error);
  }
}
