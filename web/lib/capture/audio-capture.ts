import { Emitter } from '../emitter.ts';
import { openDisplay } from './display.ts';
import { openFile } from './file.ts';
import { openMicrophone } from './microphone.ts';
import { openOscillator } from './oscillator.ts';
import type { CaptureEnd, CaptureKind, CaptureSource, OpenSource } from './source.ts';

/** A capture ended by itself, or was closed. */
export interface CaptureEvents {
  readonly end: CaptureEnd;
  readonly close: null;
}

/** An open source that feeds a session. Made by `Session.capture()`. */
export class AudioCapture extends Emitter<CaptureEvents> implements Disposable {
  readonly #source: OpenSource;
  #closed = false;

  private constructor(source: OpenSource) {
    super();
    this.#source = source;
    source.onEnd((end) => {
      if (!this.#closed) this.emit('end', end);
    });
  }

  /**
   * Opens a source; this is where the browser asks the person. Page only.
   *
   * @throws CaptureError, or RangeError for a wrong option.
   */
  static async open(context: AudioContext, source: CaptureSource): Promise<AudioCapture> {
    return new AudioCapture(await openSource(context, source));
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
