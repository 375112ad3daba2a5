/** The part of the library that runs in Workers too: every name is listed by hand. */
export { type Analysis, analysisBins, type Partial } from '../../shared/analysis-view.ts';
export type { AudioChunk } from '../../shared/chunk.ts';
export type { FrameProbability } from '../../shared/probability-ring.ts';
export { type AnalysisAddress, AnalysisReader } from './analysis-reader.ts';
export { AudioBus, type AudioBusOptions, ReadonlyAudioBus } from './audio-bus.ts';
export type { BusClock } from './bus-clock.ts';
export { BusHistory } from './bus-history.ts';
export type { ListenerData, ListenOptions, WaitOptions } from './follower.ts';
export { FrameListener, type FrameListenOptions } from './frame-listener.ts';
export { Listener } from './listener.ts';
export { MixBus } from './mix-bus.ts';
export type { PipelineStatus } from './pipeline-status.ts';
export { Producer, type ProducerData } from './producer.ts';
export { ProbabilityListener } from './probability-listener.ts';
export type { RingAddress } from './ring-address.ts';
export { RingStretch } from './ring-stretch.ts';
