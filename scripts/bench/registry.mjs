// @ts-check
// Every benchmark: one line each.
export { analysis } from './benchmarks/analysis.mjs';
export { busWrite } from './benchmarks/bus-write.mjs';
export { fft } from './benchmarks/fft.mjs';
export { hypothesesFrequency, hypothesesTime } from './benchmarks/hypotheses.mjs';
export { mixer8 } from './benchmarks/mixer-8.mjs';
export { quantumAll } from './benchmarks/quantum-all.mjs';
export { record } from './benchmarks/record.mjs';
export { resampler } from './benchmarks/resampler.mjs';
export { spsc } from './benchmarks/spsc.mjs';
export { stream } from './benchmarks/stream.mjs';
export { stt } from './benchmarks/stt.mjs';
export { vad } from './benchmarks/vad.mjs';
export { vadQuantum } from './benchmarks/vad-quantum.mjs';
