// @ts-check
// How late texts come: each segment is told when voice detection would tell it live, and of the sound
// there is as much as would be there then. The work of the model is timed, the rest is counted.
import { summarize } from '../bench/statistics.mjs';
import { VOICE_HZ } from '../quanta/wav/voice.mjs';

/** @typedef {import('../../web/lib/stt/text-event.ts').FinalText} FinalText */
/** @typedef {import('../../web/lib/stt/transcriber.ts').VoiceAudio} VoiceAudio */
/** @typedef {import('../../web/lib/stt/recognizer.ts').Recognizer} Recognizer */
/** @typedef {import('../../web/lib/vad/index.ts').SpeechSegment} SpeechSegment */
/** @typedef {import('../../web/lib/vad/index.ts').FrameProbability} FrameProbability */
/** @typedef {import('../../web/lib/vad/index.ts').SegmenterOptions} SegmenterOptions */
/** @typedef {import('../lib/voice.mjs').VoiceModules} VoiceModules */
/** @typedef {import('../lib/speech.mjs').SpeechModules} SpeechModules */

/**
 * A segment and where it was told.
 * @typedef {object} Told
 * @property {SpeechSegment} segment
 * @property {number} foundAtSample
 * @property {boolean} isPause whether a pause ended it: it was not cut, nor did the sound end
 */

/**
 * Times of a text, ms.
 * @typedef {object} TextTimes
 * @property {number} startMs
 * @property {number} endMs
 * @property {number} encoderMs
 * @property {number} decoderMs
 * @property {number | null} vadWaitMs from the last frame with speech until its end was found; null: no
 *   pause ended it
 * @property {number | null} latencyMs that and the model's work
 */

/** @typedef {{ median: number, p95: number }} Spread */

/** @implements {VoiceAudio} */
class ComingAudio {
  isLive = true;
  endSample = 0;
  /** @readonly @type {Float32Array} */
  #samples;

  /** @param {Float32Array} samples */
  constructor(samples) {
    this.#samples = samples;
  }

  /** @param {number} start @param {number} end */
  read(start, end) {
    return this.#samples.slice(start, Math.min(end, this.endSample));
  }

  /** @param {number} sample */
  timeMs(sample) {
    return (1000 * sample) / VOICE_HZ;
  }
}

/**
 * What a segmenter tells of frames.
 * @param {VoiceModules['Segmenter']} Segmenter
 * @param {SegmenterOptions} options
 * @param {readonly FrameProbability[]} frames
 * @param {number} length of the sound: the last frame may reach beyond it
 * @returns {Told[]}
 */
export function toldOf(Segmenter, options, frames, length) {
  const segmenter = new Segmenter(options);
  const going = frames.flatMap((frame) => segmenter.push(frame));
  const events = [...going, ...segmenter.finish()];
  return events.flatMap((event, i) => {
    if (event.kind !== 'speech-end') return [];
    const { segment, foundAtSample } = event;
    const endSample = Math.min(segment.endSample ?? length, length);
    const isPause = i < going.length && !segment.isCut;
    return [{ segment: { ...segment, endSample }, foundAtSample, isPause }];
  });
}

/** @param {FinalText} text @param {boolean} isPause @returns {TextTimes} */
export function timesOf({ startMs, endMs, detectionMs, timing }, isPause) {
  const { encoderMs, decoderMs } = timing;
  const vadWaitMs = isPause ? detectionMs : null;
  const latencyMs = vadWaitMs === null ? null : vadWaitMs + encoderMs + decoderMs;
  return { startMs, endMs, encoderMs, decoderMs, vadWaitMs, latencyMs };
}

/**
 * @param {{ modules: Pick<SpeechModules, 'Transcriber'>, model: Recognizer }} speech
 * @param {Float32Array} samples
 * @param {readonly Told[]} told
 * @returns {Promise<{ text: string, times: TextTimes }[]>}
 */
export async function transcribeAsTold({ modules, model }, samples, told) {
  const audio = new ComingAudio(samples);
  /** @type {FinalText[]} */
  let texts = [];
  const transcriber = new modules.Transcriber(model, audio, (event) => {
    if (event.kind === 'final') texts.push(event);
  });
  const all = [];
  for (const { segment, foundAtSample, isPause } of told) {
    texts = [];
    audio.endSample = foundAtSample;
    transcriber.update(segment);
    await transcriber.idle();
    for (const text of texts) {
      const isEnd = isPause && text.endSample === segment.endSample;
      all.push({ text: text.text, times: timesOf(text, isEnd) });
    }
  }
  return all;
}

/** @param {readonly number[]} values @returns {Spread | null} null: of none */
function spreadOf(values) {
  if (values.length === 0) return null;
  const { median, p95 } = summarize(values);
  return { median, p95 };
}

/**
 * Of what the model was asked for.
 * @param {readonly TextTimes[]} times
 */
export function latenciesOf(times) {
  const worked = times.filter(({ encoderMs }) => encoderMs > 0);
  const ends = worked.flatMap(({ vadWaitMs, latencyMs }) =>
    vadWaitMs === null || latencyMs === null ? [] : [{ vadWaitMs, latencyMs }],
  );
  return {
    texts: worked.length,
    encoderMs: spreadOf(worked.map(({ encoderMs }) => encoderMs)),
    decoderMs: spreadOf(worked.map(({ decoderMs }) => decoderMs)),
    ends: ends.length,
    vadWaitMs: spreadOf(ends.map(({ vadWaitMs }) => vadWaitMs)),
    latencyMs: spreadOf(ends.map(({ latencyMs }) => latencyMs)),
  };
}

/** @param {ReturnType<typeof latenciesOf>} latencies */
export function latencyLine({ texts, encoderMs, decoderMs, ends, vadWaitMs, latencyMs }) {
  const spread = (/** @type {Spread | null} */ of) =>
    of === null ? 'none' : `${of.median.toFixed(0)} (p95 ${of.p95.toFixed(0)}) ms`;
  const model = `  ${texts} texts: encoder ${spread(encoderMs)}, decoder ${spread(decoderMs)}`;
  if (ends === 0) return model;
  const live = `  from the last speech to the text: ${spread(latencyMs)}`;
  return `${model}\n${live}, of that until ${ends} pauses were found ${spread(vadWaitMs)}`;
}
