/** The public face of the library: every name is listed by hand. */
export { AudioCapture, type CaptureEvents } from './capture/audio-capture.ts';
export { canCaptureDisplay } from './capture/display.ts';
export type { FileOptions } from './capture/file.ts';
export {
  listMicrophones,
  type MicrophoneInfo,
  type MicrophoneOptions,
  watchMicrophones,
} from './capture/microphone.ts';
export type { OscillatorOptions, Sweep } from './capture/oscillator.ts';
export type { CaptureEnd, CaptureKind, CaptureSource } from './capture/source.ts';
export {
  CaptureError,
  type CaptureErrorCode,
  QuantaError,
  SessionError,
  type SessionErrorCode,
} from './errors.ts';
export { defaultQuantumFrames } from './host/context.ts';
export type { AssetOverrides } from './host/assets.ts';
export type { SessionReason, SessionState, SessionStatus } from './lifecycle.ts';
export { Session, type SessionEvents, type SessionOptions } from './session.ts';
export type { Underruns } from './telemetry/playback-stats.ts';
export type { Scope } from './telemetry/scope.ts';
export type { EngineTelemetry, TelemetryField } from '../shared/telemetry-view.ts';
export type { Level, Telemetry, TelemetrySnapshot } from './telemetry/telemetry.ts';
export type { EngineKind, EngineReport, FallbackReason, WasmStatus } from '../shared/messages.ts';
