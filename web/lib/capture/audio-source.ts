import type { ListenOptions } from '../bus/follower.ts';
import type { Listener } from '../bus/listener.ts';
import { Emitter } from '../emitter.ts';
import { openDisplay } from './display.ts';
import { openFile } from './file.ts';
import { openMicrophone } from './microphone.ts';
import { openOscillator } from './oscillator.ts';
import type { CaptureEnd, CaptureKind, CaptureSource, OpenSource } from './source.ts';

/** A source ended by itself, or was closed. */
export interface SourceEvents {
  readonly end: CaptureEnd;
  readonly close: null;
}

/** An open source at one input of a session. Made by `Session.capture()`. Page only. */
export class AudioSource extends Emitter<SourceEvents> implements Disposable {
  /** The input of the mixer that it feeds, 0 to 7. */
  readonly input: number;
  /** What opens the same source again: of a microphone, the same device. */
  readonly origin: CaptureSource;
  readonly #source: OpenSource;
  readonly #listen: (options?: ListenOptions) => Listener;
  #closed = false;

  private constructor(
    source: OpenSource,
    origin: CaptureSource,
    input: number,
    listen: (options?: ListenOptions) => Listener,
  ) {
    super();
    this.input = input;
    this.origin = sameAgain(origin, source);
    this.#source = source;
    this.#listen = listen;
    source.onEnd((end) => {
      if (!this.#closed) this.emit('end', end);
    });
  }

  /**
   * Opens a source; this is where the browser asks the person.
   *
   * @throws CaptureError, or RangeError for a wrong option.
   */
  static async open(
    context: AudioContext,
    source: CaptureSource,
    input: number,
    listen: (options?: ListenOptions) => Listener,
  ): Promise<AudioSource> {
    return new AudioSource(await openSource(context, source), source, input, listen);
  }

  /** What kind of source this is. */
  get kind(): CaptureKind {
    return this.#source.kind;
  }

  /** What a person calls the source. Untrusted text: device labels and file names. */
  get label(): string {
    return this.#source.label;
  }

  /** The node that carries the sound. */
  get node(): AudioNode {
    return this.#source.node;
  }

  /** The live track, for its settings and statistics; null for files and oscillators. */
  get track(): MediaStreamTrack | null {
    return this.#source.track;
  }

  /**
   * Listens to the session's bus, which carries the mix of all its sources at 16 kHz: the same as
   * `session.bus.listen()`. The listener goes on when the source is closed.
   *
   * @throws SessionError `not-isolated` or `engine-missing`.
   */
  listen(options: ListenOptions = {}): Listener {
    return this.#listen(options);
  }

  /** Stops the source and gives the device back. A second call does nothing. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#source.stop();
    this.emit('close', null);
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

function sameAgain(origin: CaptureSource, { track }: OpenSource): CaptureSource {
  const deviceId = track?.getSettings().deviceId;
  return origin.kind !== 'microphone' || deviceId === undefined ? origin : { ...origin, deviceId };
}

async function openSource(context: AudioContext, source: CaptureSource): Promise<OpenSource> {
  switch (source.kind) {
    case 'microphone':
      return openMicrophone(context, source);
    case 'file':
      return openFile(context, source);
    case 'oscillator':
      return openOscillator(context, source);
    case 'display':
      return openDisplay(context);
  }
}
