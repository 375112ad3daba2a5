import type { AssetOverrides, VadAssets } from '../../lib/index.ts';

/** Where this page's server keeps the engine: beside the page, under whatever path it is served. */
export const engineAssets: AssetOverrides = {
  engine: new URL('engine.wasm', document.baseURI),
  engineUnshared: new URL('engine-unshared.wasm', document.baseURI),
  offline: new URL('offline.wasm', document.baseURI),
  vad: new URL('vad.wasm', document.baseURI),
  vadWeights: new URL('models/silero-vad.bin', document.baseURI),
  vadModel: new URL('models/silero_vad_v6.onnx', document.baseURI),
};

const folder = 'models/';

/** Models of speech. */
export const modelFolder: URL = new URL(folder, document.baseURI);

/** The voice detector, and the resampler for sound of other rates. */
export const vadAssets: VadAssets = {
  module: new URL('vad.wasm', document.baseURI),
  weights: new URL(`${folder}silero-vad.bin`, document.baseURI),
  resampler: new URL('offline.wasm', document.baseURI),
};
