/** What `quanta replay` needs of the project's TypeScript: bundled for Node. */
export { decodeFlight } from '../../../web/shared/flight-file.ts';
export {
  type FlightChapter,
  FlightFormatError,
  readFlightLog,
} from '../../../web/shared/flight-log.ts';
export {
  constants,
  flightResultWord,
  flightResultWords,
  stage,
} from '../../../web/shared/layout.gen.ts';
export { WasmReplay } from './wasm-replay.ts';
