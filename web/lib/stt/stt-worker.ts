/** The Worker of speech to text: hears of segments, reads their sound from the ring, tells their text. */
import * as onnx from 'onnxruntime-web/wasm';
import wasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import { BusHistory } from '../bus/bus-history.ts';
import { Listener } from '../bus/listener.ts';
import { nextTask } from '../bus/sleep.ts';
import { Heartbeat } from './heartbeat.ts';
import type { SpeechOrder, SpeechReport } from './messages.ts';
import { Moonshine } from './moonshine.ts';
import { type SpeechSegment, voiceRateHz } from '../speech-segment.ts';
import type { TextEvent } from './text-event.ts';
import { Tokenizer } from './tokenizer.ts';
import { Transcriber } from './transcriber.ts';

type LoadOrder = Extract<SpeechOrder, { kind: 'load' }>;

/** Silence, to make the browser compile what the first text would have to wait for. */
const warmUpSamples = voiceRateHz;

// Its JavaScript is in the package's own bundle: as a file of its own it would be an .mjs, for which many
// servers send a type that no browser runs. Threads would need that file, but on two busy cores one
// thread is faster.
onnx.env.wasm.wasmPaths = { wasm };
onnx.env.wasm.numThreads = 1;

let work: { transcriber: Transcriber; listener: Listener } | null = null;

addEventListener('message', ({ data }: MessageEvent<SpeechOrder>) => {
  switch (data.kind) {
    case 'load':
      void load(data);
      return;
    case 'segment':
      void transcribe(data);
      return;
    case 'cancel':
      work?.transcriber.cancel(data.startSample);
      return;
    case 'close':
      work?.listener.close();
      close();
  }
});

async function load({ model, listener: data, heartbeat, options }: LoadOrder): Promise<void> {
  try {
    const tokenizer = Tokenizer.parse(model.vocabulary);
    const recognizer = await Moonshine.load(onnx, model, tokenizer, { breathe: nextTask });
    await recognizer.recognize(new Float32Array(warmUpSamples));
    const audio = new BusHistory(data.ring);
    const tell = (event: TextEvent): void => report({ kind: 'event', event });
    const listener = Listener.attach(data);
    work = { transcriber: new Transcriber(recognizer, audio, tell, options), listener };
    void follow(listener, new Heartbeat(heartbeat));
    report({ kind: 'ready' });
  } catch (error) {
    fail(error);
  }
}

/** The Worker takes sound from the ring by its number; it follows to be seen. */
async function follow(listener: Listener, heartbeat: Heartbeat): Promise<void> {
  for await (const { seq } of listener) heartbeat.beat(seq + 1);
}

async function transcribe({
  segment,
  from,
}: {
  segment: SpeechSegment;
  from: number;
}): Promise<void> {
  if (work === null) return;
  const { transcriber, listener } = work;
  try {
    transcriber.update(segment, from);
    await transcriber.idle();
    listener.reportInference(transcriber.lastWorkMs);
  } catch (error) {
    fail(error);
  }
}

function fail(error: unknown): void {
  report({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
}

function report(message: SpeechReport): void {
  postMessage(message);
}
