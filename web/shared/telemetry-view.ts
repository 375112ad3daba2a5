/** Reads the engine's telemetry block: all fields of one moment, or nothing. */
import { telemetryBytes, telemetryFields } from './layout.gen.ts';

/** The names of the telemetry fields. */
export type TelemetryField = keyof typeof telemetryFields;

/** The engine's telemetry of one quantum. Units and meaning stand in `telemetryFields`. */
export type EngineTelemetry = { readonly [Field in TelemetryField]: number };

const fieldNames = Object.keys(telemetryFields) as TelemetryField[];
const wordBytes = Int32Array.BYTES_PER_ELEMENT;
// The audio thread publishes for well under a microsecond in every few milliseconds; whoever meets
// it more often than this is not reading a live block.
const maxAttempts = 1000;

/** View on the telemetry block in the engine's memory. Any thread but the audio thread. */
export class TelemetryView {
  readonly #words: Int32Array;
  readonly #bits = new DataView(new ArrayBuffer(wordBytes));

  /** @param offset Of the block in the buffer, in bytes: `get_telemetry_ptr`. */
  constructor(buffer: ArrayBufferLike, offset: number) {
    this.#words = new Int32Array(buffer, offset, telemetryBytes / wordBytes);
  }

  /** All fields as one quantum published them, or undefined when the block never comes to rest. */
  read(): EngineTelemetry | undefined {
    for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
      const before = this.#word(telemetryFields.sequence.offset);
      if (before % 2 !== 0) continue;
      const fields = this.#readFields();
      if (this.#word(telemetryFields.sequence.offset) === before) return fields;
    }
    return undefined;
  }

  #readFields(): EngineTelemetry {
    return Object.fromEntries(
      fieldNames.map((name) => [name, this.#readField(name)]),
    ) as EngineTelemetry;
  }

  #readField(name: TelemetryField): number {
    const { type, offset } = telemetryFields[name];
    const word = this.#word(offset);
    switch (type) {
      case 'u32':
        return word;
      case 'u64':
        return this.#word(offset + wordBytes) * 2 ** 32 + word;
      case 'f32':
        this.#bits.setUint32(0, word);
        return this.#bits.getFloat32(0);
    }
  }

  #word(offset: number): number {
    return Atomics.load(this.#words, offset / wordBytes) >>> 0;
  }
}
