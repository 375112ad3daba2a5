import { encodeFlight } from '../../shared/flight-file.ts';
import type { FlightSegment } from '../../shared/flight-log.ts';
import { FlightMemory } from '../../shared/flight-memory.ts';
import { Emitter } from '../emitter.ts';
import { SessionError } from '../errors.ts';

/** Why a recording was kept. */
export type IncidentReason = 'missed-quanta' | 'underrun' | 'trap';

/** A recording that was kept because something went wrong. */
export interface Incident {
  readonly reason: IncidentReason;
  readonly at: Date;
  /** The last of it lies at most half a second behind what went wrong. */
  readonly recording: Blob;
}

/** What the recorder holds now. */
export interface FlightStatus {
  /** False: there is no memory for it, and nothing is recorded. */
  readonly recording: boolean;
  /** Sound that a recording would hold. */
  readonly seconds: number;
  /** Its size. */
  readonly bytes: number;
}

/** What the recorder tells: a recording was kept. */
export interface FlightEvents {
  readonly incident: Incident;
}

/** What the recorder reads. */
export interface FlightSources {
  /** The engine's memory; null where the page does not share it. */
  readonly buffer: ArrayBufferLike | null;
  readonly context: { readonly sampleRate: number };
  readonly scope: { readonly clockFrame: number };
}

/** More are not kept: the oldest gives way. */
const maxIncidents = 4;
/** All of them together; the newest is kept whatever its size. */
const maxBytes = 100e6;
/** What goes wrong soon after is of the same incident. */
const quietMs = 10_000;

/**
 * The last half minute of everything that came into the engine, to be run again at a desk by
 * `quanta replay`. The audio thread writes it; saving costs that thread nothing. Page only.
 *
 * A recording holds what the microphone heard, so it leaves the page only as the Blob that the caller
 * gets. It has no names of devices or people in it.
 */
export class FlightRecorder extends Emitter<FlightEvents> {
  readonly #sources: FlightSources;
  readonly #memory: FlightMemory | null;
  #incidents: readonly Incident[] = [];
  #quietUntilMs = 0;

  constructor(sources: FlightSources) {
    super();
    this.#sources = sources;
    this.#memory = sources.buffer === null ? null : new FlightMemory(sources.buffer);
  }

  /** What there is to save. */
  get status(): FlightStatus {
    if (this.#memory === null) return { recording: false, seconds: 0, bytes: 0 };
    const { segments, bytes, firstFrame } = this.#memory.holding;
    const { context, scope } = this.#sources;
    const frames = firstFrame === null ? 0 : Math.max(0, scope.clockFrame - firstFrame);
    return { recording: segments > 0, seconds: frames / context.sampleRate, bytes };
  }

  /** Kept recordings, the oldest first: 4 and 100 MB at most. */
  get incidents(): readonly Incident[] {
    return this.#incidents;
  }

  /**
   * The recording as a file, as it is at the moment of the call.
   *
   * @param reason Goes into the file's head.
   * @throws SessionError `not-recording`.
   */
  async save(reason = 'on demand'): Promise<Blob> {
    if (this.#memory === null || !this.status.recording) throw notRecording();
    return this.#encode(reason, this.#memory.copy());
  }

  /** For the session: something went wrong just now. */
  keep(reason: IncidentReason): void {
    const now = performance.now();
    // A trap is told of in any case: it comes once.
    if (this.#memory === null || (now < this.#quietUntilMs && reason !== 'trap')) return;
    this.#quietUntilMs = now + quietMs;
    const at = new Date();
    const segments = this.#memory.copy();
    if (segments.length === 0) return;
    void this.#encode(reason, segments).then((recording) => this.#add({ reason, at, recording }));
  }

  async #encode(reason: string, segments: readonly FlightSegment[]): Promise<Blob> {
    const rateHz = this.#sources.context.sampleRate;
    const savedAt = new Date().toISOString();
    const parts: Uint8Array<ArrayBuffer>[] = [];
    for (const part of encodeFlight({ rateHz, reason, savedAt }, segments)) {
      parts.push(part);
      // The checksum of a large part takes some milliseconds: the page has its turn in between.
      await new Promise((resolve) => setTimeout(resolve));
    }
    return new Blob(parts, { type: 'application/octet-stream' });
  }

  #add(incident: Incident): void {
    const all = [...this.#incidents, incident].slice(-maxIncidents);
    while (
      all.length > 1 &&
      all.reduce((sum, { recording }) => sum + recording.size, 0) > maxBytes
    ) {
      all.shift();
    }
    this.#incidents = all;
    this.emit('incident', incident);
  }
}

function notRecording(): SessionError {
  return new SessionError(
    'not-recording',
    'The flight recorder does not run: the page is not cross-origin isolated, or the browser gave it no memory.',
    'Serve the page with the headers that isolate it, or close other pages.',
  );
}
