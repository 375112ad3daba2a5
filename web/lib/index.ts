/** The public face of the library: every name is listed by hand. */
export type { AudioChunk } from '../shared/chunk.ts';
export { AudioCapture, type AudioCaptureOptions } from './audio-capture.ts';
export type { AnalysisSettings, Analyzer } from './analysis/analyzer.ts';
export { type AnalysisAddress, AnalysisReader } from './bus/analysis-reader.ts';
export { AudioBus, type AudioBusOptions, ReadonlyAudioBus } from './bus/audio-bus.ts';
export type { BusClock } from './bus/bus-clock.ts';
export { BusHistory } from './bus/bus-history.ts';
export type { ListenerData, ListenOptions, WaitOptions } from './bus/follower.ts';
export { FrameListener, type FrameListenOptions } from './bus/frame-listener.ts';
export { Listener } from './bus/listener.ts';
export { MixBus } from './bus/mix-bus.ts';
export type { PipelineStatus } from './bus/pipeline-status.ts';
export { ProbabilityListener } from './bus/probability-listener.ts';
export { Producer, type ProducerData } from './bus/producer.ts';
export type { RingAddress } from './bus/ring-address.ts';
export { AudioSource, type SourceEvents } from './capture/audio-source.ts';
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
  MixerError,
  type MixerErrorCode,
  PlayerError,
  type PlayerErrorCode,
  QuantaError,
  RecorderError,
  type RecorderErrorCode,
  SessionError,
  type SessionErrorCode,
  SpeechError,
  type SpeechErrorCode,
  StreamError,
  type StreamErrorCode,
  VadError,
  type VadErrorCode,
} from './errors.ts';
export type { PushInput, PushInputOptions, PushPace, PushStatus } from './capture/push-input.ts';
export type { InputSource } from './capture/source-rack.ts';
export type {
  FlightEvents,
  FlightRecorder,
  FlightStatus,
  Incident,
  IncidentReason,
} from './flight/flight-recorder.ts';
export {
  type CaptureFaultGlitch,
  type CaptureLossGlitch,
  type ClockStepGlitch,
  type EngineChange,
  type Glitch,
  type GlitchKind,
  glitchKinds,
  type InputGap,
  type LongTask,
  type MissedQuanta,
  type OutputUnderrun,
  type OverBudget,
} from './glitches/glitch.ts';
export type { GlitchCount, GlitchCounts } from './glitches/glitch-log.ts';
export type { Glitches, GlitchEvents, GlitchSnapshot } from './glitches/glitches.ts';
export { defaultQuantumFrames } from './host/context.ts';
export type { AssetOverrides } from './host/assets.ts';
export type {
  AnalysisParameter,
  MasterParameter,
  MixerCommand,
  StripParameter,
} from './mixer/command.ts';
export type { CommandResult, MeterReading, Mixer } from './mixer/mixer.ts';
export {
  masterParameterInfo,
  type ParameterInfo,
  stripParameterInfo,
} from './mixer/parameter-info.ts';
export type { DelayOptions, DelayReading } from './latency/delay-meter.ts';
export type { LatencyOptions, LatencyReading } from './latency/latency-meter.ts';
export {
  FilePlayer,
  type FilePlayerOptions,
  type PlayerEvents,
  type PlayerInput,
  type PlayerSession,
  type PlayerState,
  type PlayerStatus,
} from './player/file-player.ts';
export type { FileFacts } from './player/messages.ts';
export type { SessionReason, SessionState, SessionStatus } from './lifecycle.ts';
export type { Overview } from './recorder/overview.ts';
export {
  Recorder,
  type RecorderHost,
  type RecorderOptions,
  type RecordOptions,
} from './recorder/recorder.ts';
export type {
  Recording,
  RecordingEvents,
  RecordingState,
  RecordingStatus,
} from './recorder/recording.ts';
export {
  formatNames as recordFormatNames,
  type FormatSupport,
  type RecordFormat,
} from './recorder/record-format.ts';
export type { Dropout, Take, TakeSource } from './recorder/take.ts';
export type { TakeStore } from './recorder/take-store.ts';
export { Session, type SessionOptions } from './session.ts';
export type { CaptureOptions, SessionEvents } from './session-events.ts';
export {
  type Caption,
  type CaptionFormat,
  captionFormats,
  formatCaptions,
} from './stt/captions.ts';
export { modelBytes, type SpeechModel, speechModels } from './stt/model-files.ts';
export type { LoadOptions, LoadProgress } from './stt/model-loader.ts';
export {
  type SpeechEvents,
  type SpeechState,
  type SpeechStatus,
  SpeechToText,
  type SpeechToTextOptions,
} from './stt/speech-to-text.ts';
export type {
  FinalText,
  PartialText,
  SkippedSpeech,
  SpokenText,
  TextEvent,
  TextGuard,
  TextTiming,
} from './stt/text-event.ts';
export type { TranscriberOptions } from './stt/transcriber.ts';
export type { StreamFormatSupport } from './streamer/format-support.ts';
export { Stream, type StreamEvents } from './streamer/stream.ts';
export type { StreamOptions } from './streamer/stream-settings.ts';
export type {
  StreamCode,
  StreamCondition,
  StreamFormat,
  StreamMetadata,
  StreamState,
  StreamStatus,
} from './streamer/stream-status.ts';
export { type StreamedSession, Streamer, type StreamerOptions } from './streamer/streamer.ts';
export type { SessionClock } from './telemetry/clock-follower.ts';
export type { ClockStep } from './telemetry/clock-model.ts';
export type {
  DeadlineMark,
  DeadlineMeter,
  DeadlineOptions,
} from './telemetry/deadline/deadline-meter.ts';
export type {
  DeadlineBin,
  DeadlineFigure,
  DeadlineMean,
  DeadlineReading,
  DeadlineSource,
  DeadlineSourceKind,
} from './telemetry/deadline/deadline-reading.ts';
export { frameSamples, type SpeechSegment, voiceRateHz } from './speech-segment.ts';
export type { WorkerStarter } from './worker-starter.ts';
export { toDb } from './telemetry/decibels.ts';
export type { Underruns } from './telemetry/playback-stats.ts';
export type { Scope } from './telemetry/scope.ts';
export type { HeardSegment } from './vad/heard-segment.ts';
export { Segmenter } from './vad/segmenter.ts';
export {
  type SegmenterOptions,
  type SegmenterSettings,
  type VadPreset,
  vadPresets,
} from './vad/settings.ts';
export type {
  FoundSegment,
  FrameProbability,
  Misfire,
  SegmenterEvent,
  SpeechEnd,
  SpeechStart,
} from './vad/segmenter-event.ts';
export type { VadAsset, VadAssets } from './vad/vad-assets.ts';
export { VadModule } from './vad/vad-module.ts';
export {
  type VadEvent,
  type VadFrame,
  type VadOptions,
  VadProcessor,
  type VadSound,
} from './vad/vad-processor.ts';
export { type FrameDetector, VoiceFrames } from './vad/voice-frames.ts';
export { type Analysis, analysisBins, type Partial } from '../shared/analysis-view.ts';
export type { EngineTelemetry, TelemetryField } from '../shared/telemetry-view.ts';
export type { Level, Telemetry, TelemetrySnapshot } from './telemetry/telemetry.ts';
export type { CaptureFault, CaptureFaultKind, FaultEnd, FaultWords } from './watchdog/fault.ts';
export type {
  DetectionEvents,
  DetectionListenOptions,
  DetectionOptions,
  DetectionSettings,
  DetectionSource,
  VoiceDetection,
} from './vad/voice-detection.ts';
export type { Watchdog, WatchdogEvents } from './watchdog/watchdog.ts';
export type { EngineKind, EngineReport, FallbackReason, WasmStatus } from '../shared/messages.ts';
