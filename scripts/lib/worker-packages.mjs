// @ts-check

/** Packages of Workers: the dev server, finding one when its Worker starts, would reload the page. */
export const workerPackages = [
  'onnxruntime-web/wasm',
  'mediabunny',
  'libflacjs/dist/libflac.min.wasm.js',
  'wasm-media-encoders',
];
