/** The Worker that detects voice with ONNX Runtime. */
import * as onnx from 'onnxruntime-web/wasm';
import wasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import { OnnxDetector } from './onnx-detector.ts';
import { followVoice } from './voice-follower.ts';

// Its JavaScript is in the package's own bundle. Threads would need that as a file of its own, but one
// is faster on a busy machine.
onnx.env.wasm.wasmPaths = { wasm };
onnx.env.wasm.numThreads = 1;

followVoice(([model = new ArrayBuffer(0)]) => OnnxDetector.create(onnx, new Uint8Array(model)));
