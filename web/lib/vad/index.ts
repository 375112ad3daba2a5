/** Voice detection for Workers and Node: every name is listed by hand. */
export { VadError, type VadErrorCode } from '../errors.ts';
export type { HeardSegment } from './heard-segment.ts';
export { Segmenter } from './segmenter.ts';
export {
  type SegmenterOptions,
  type SegmenterSettings,
  type VadPreset,
  vadPresets,
} from './settings.ts';
export type {
  FoundSegment,
  FrameProbability,
  Misfire,
  SegmenterEvent,
  SpeechEnd,
  SpeechStart,
} from './segmenter-event.ts';
export type { VadAsset, VadAssets } from './vad-assets.ts';
export { VadModule } from './vad-module.ts';
export {
  type VadEvent,
  type VadFrame,
  type VadOptions,
  VadProcessor,
  type VadSound,
} from './vad-processor.ts';
export type { SpeechSegment } from '../speech-segment.ts';
export { type FrameDetector, VoiceFrames } from './voice-frames.ts';
