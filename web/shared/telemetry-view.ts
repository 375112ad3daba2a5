/** The engine's telemetry block. */
import { BlockView } from './block-view.ts';
import { telemetryBytes, telemetryFields } from './layout.gen.ts';

/** The names of the telemetry fields. */
export type TelemetryField = keyof typeof telemetryFields;

/** The engine's telemetry of one quantum. Units and meaning stand in `telemetryFields`. */
export type EngineTelemetry = { readonly [Field in TelemetryField]: number };

/** View on the telemetry block in the engine's memory. Any thread but the audio thread. */
export class TelemetryView extends BlockView<TelemetryField> {
  /** @param offset Of the block in the buffer, in bytes: `get_telemetry_ptr`. */
  constructor(buffer: ArrayBufferLike, offset: number) {
    super(buffer, offset, telemetryBytes, telemetryFields);
  }
}
