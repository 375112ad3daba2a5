/** Voice activity: see `benchmarks/vad.mjs`. */
import {
  defaultFrameProcessorOptions,
  FrameProcessor,
} from '@ricky0123/vad-web/dist/frame-processor.js';
import { Silero } from '@ricky0123/vad-web/dist/models/silero.js';
import * as ort from 'onnxruntime-web/wasm';
import { VadModule } from '../../../web/lib/vad/vad-module.ts';
import type { Assets, ProgramMaker } from '../contestant-table.mjs';

const { frameLength } = VadModule;
const rateHz = 16_000;
const contextFrames = 64;
const stateDims = [2, 1, 128];

/** A third of a second of a voice of sorts: harmonics of a gliding tone, four syllables a second. */
const frames = Array.from({ length: 9 }, (_, frame) =>
  Float32Array.from({ length: frameLength }, (__, i) => {
    const t = (frame * frameLength + i) / rateHz;
    const turns = 140 * t + 20 * t * t;
    let sample = 0;
    for (let h = 1; h <= 20; h += 1) sample += Math.sin(2 * Math.PI * h * turns) / h;
    return 0.2 * sample * Math.sin(4 * Math.PI * t) ** 2;
  }),
);

/** What the model says of the last of them, by ONNX Runtime. */
const lastProbability = 0.20403;
const maxError = 1e-3;

/** It remembers what it heard. */
interface Detector {
  readonly detect: (samples: Float32Array) => number | Promise<number>;
  readonly close: () => void;
}

/** A file that was loaded before. */
type FileOf = (name: string) => Uint8Array<ArrayBuffer>;

interface Maker {
  readonly files: readonly string[];
  readonly make: (file: FileOf) => Promise<Detector>;
}

const ours: Maker = {
  files: ['vad.wasm', 'silero-vad.bin'],
  make: async (file) => {
    const detector = await VadModule.create(file('vad.wasm'), file('silero-vad.bin'));
    return { detect: (samples) => detector.detect(samples), close: () => undefined };
  },
};

function outputOf(outputs: ort.InferenceSession.ReturnType, name: string): ort.Tensor {
  const tensor = outputs[name];
  if (tensor === undefined) throw new Error(`The model gave no ${name}.`);
  return tensor;
}

const onnxFiles = ['silero_vad_v6.onnx', 'ort-wasm-simd-threaded.wasm'];

function onOneThread(file: FileOf): void {
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmBinary = file('ort-wasm-simd-threaded.wasm').buffer;
}

/** The package itself on one thread; no tensor is made anew that need not be. */
const onnx: Maker = {
  files: onnxFiles,
  make: async (file) => {
    onOneThread(file);
    const session = await ort.InferenceSession.create(file('silero_vad_v6.onnx'));
    const data = new Float32Array(contextFrames + frameLength);
    const input = new ort.Tensor('float32', data, [1, data.length]);
    const sr = new ort.Tensor('int64', BigInt64Array.of(BigInt(rateHz)), []);
    let state: ort.Tensor = new ort.Tensor('float32', new Float32Array(256), stateDims);
    return {
      detect: async (samples) => {
        data.copyWithin(0, frameLength);
        data.set(samples, contextFrames);
        const outputs = await session.run({ input, state, sr });
        state = outputOf(outputs, 'stateN');
        return Number(outputOf(outputs, 'output').data[0]);
      },
      close: () => void session.release(),
    };
  },
};

/**
 * vad-web's own model and frame processor, as its `MicVAD` and `NonRealTimeVAD` join them, with its
 * default options, over the same ONNX Runtime on the same thread. It hears the same: its model puts
 * 64 samples of context before each frame too, zeros before the first. What differs from `onnx` is
 * that it makes the input tensor and the context anew for each frame, and decides: thresholds,
 * events, and all frames of the speech kept until that ends.
 */
const vadWeb: Maker = {
  files: onnxFiles,
  make: async (file) => {
    onOneThread(file);
    const model = await Silero.new(ort, () => Promise.resolve(file('silero_vad_v6.onnx').buffer));
    const processor = new FrameProcessor(
      model.process,
      model.reset_state,
      defaultFrameProcessorOptions,
      (1000 * frameLength) / rateHz,
    );
    processor.resume();
    return {
      detect: async (samples) => {
        let probability = NaN;
        await processor.process(samples, (event) => {
          if ('probs' in event) probability = event.probs.isSpeech;
        });
        return probability;
      },
      close: () => void model.release(),
    };
  },
};

async function load(assets: Assets, { files }: Maker): Promise<FileOf> {
  const loaded = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const name of files) loaded.set(name, await assets(name));
  return (name) => loaded.get(name) ?? new Uint8Array();
}

const frameAt = (index: number): Float32Array =>
  frames[index % frames.length] ?? new Float32Array(frameLength);

async function assertRight({ make }: Maker, file: FileOf): Promise<void> {
  const detector = await make(file);
  let probability = NaN;
  for (const samples of frames) probability = await detector.detect(samples);
  detector.close();
  if (Math.abs(probability - lastProbability) < maxError) return;
  throw new Error(`The probability is ${probability}, not ${lastProbability}.`);
}

/** One operation: the next frame. */
const frameByFrame =
  (maker: Maker): ProgramMaker =>
  async (_kernels, assets) => {
    const file = await load(assets, maker);
    const detector = await maker.make(file);
    let next = 0;
    return {
      check: () => assertRight(maker, file),
      run: async (operations) => {
        for (let i = 0; i < operations; i += 1) {
          await detector.detect(frameAt(next));
          next += 1;
        }
      },
      close: () => detector.close(),
    };
  };

/** One operation: a detector out of the files, and its first frame. */
const firstFrame =
  (maker: Maker): ProgramMaker =>
  async (_kernels, assets) => {
    const file = await load(assets, maker);
    return {
      check: () => assertRight(maker, file),
      run: async (operations) => {
        for (let i = 0; i < operations; i += 1) {
          const detector = await maker.make(file);
          await detector.detect(frameAt(0));
          detector.close();
        }
      },
    };
  };

export const contestants: Readonly<Record<string, ProgramMaker>> = {
  ours: frameByFrame(ours),
  onnx: frameByFrame(onnx),
  'vad-web': frameByFrame(vadWeb),
  'ours-first': firstFrame(ours),
  'onnx-first': firstFrame(onnx),
  'vad-web-first': firstFrame(vadWeb),
};
