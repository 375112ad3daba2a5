import type { Session } from '../../lib/index.ts';
import { fillCard } from '../dom/card.ts';
import { h, setText } from '../dom/element.ts';
import { field, select, setChoices } from '../dom/field.ts';
import { numberField, setNumber } from '../dom/number-field.ts';
import {
  checkFigures,
  delayFigures,
  latencyAdvice,
  latencyFigures,
  type MeasuredFigure,
} from '../model/latency-words.ts';
import { isMeasuring } from '../model/page-state.ts';
import { inputChoices, Measurement } from './measurement.ts';
import { View } from './view.ts';

// Between two frames, so that a meter of whole frames would be found out.
const checkFrames = 1000.5;
const maxCheckSec = 1;

/** The latency of the way round, the delay between two inputs, and the meter's own error. */
export class LatencyView extends View {
  #shown: Session | null | undefined;
  #measurements: readonly Measurement[] = [];
  #levelDb = -20;

  protected mount(signal: AbortSignal): void {
    this.#shown = undefined;
    signal.addEventListener('abort', () => this.#close());
    this.page.store.watch((state) => {
      const session = isMeasuring(state) ? state.session : null;
      if (session !== this.#shown) this.#show(session, signal);
      this.#shown = session;
    }, signal);
  }

  #show(session: Session | null, signal: AbortSignal): void {
    this.#close();
    if (session === null) return this.replaceChildren(makeIdle());
    const trip = this.#makeTrip(session, signal);
    this.replaceChildren(trip, this.#makeDelay(session, signal), this.#makeCheck(session));
  }

  #close(): void {
    for (const measurement of this.#measurements) measurement.close();
    this.#measurements = [];
  }

  #add(measurement: Measurement): HTMLElement {
    this.#measurements = [...this.#measurements, measurement];
    return measurement.element;
  }

  #makeTrip(session: Session, signal: AbortSignal): HTMLElement {
    const input = select(inputChoices(session), { 'data-testid': 'latency-input' });
    const level = numberField('latency-level', { min: -80, max: 0 }, (db) => {
      this.#levelDb = db;
    });
    setNumber(level, this.#levelDb);
    const advice = h('p', { class: 'advice', 'data-testid': 'latency-advice' });
    const measure = async (stop: AbortSignal): Promise<MeasuredFigure[] | null> => {
      const reading = await session.measureLatency({
        ...{ input: Number(input.value), levelDb: this.#levelDb, signal: stop },
      });
      const { baseLatencyMs, outputLatencyMs } = session.telemetry.snapshot();
      const browserMs = baseLatencyMs + (outputLatencyMs ?? 0);
      return reading.found ? latencyFigures(reading, browserMs) : null;
    };
    const measurement = new Measurement({
      ...{ testId: 'latency-measure', action: 'Measure', measure },
      notFound:
        'The sequence did not come back. Is the loudspeaker on, and does the microphone hear it? Raise the volume or the level, or connect output and input by a cable.',
    });
    this.page.store.watch(({ setup }) => {
      setChoices(input, inputChoices(session));
      const track = session.source?.track?.getSettings() ?? null;
      const words = latencyAdvice(setup, track);
      setText(advice, words);
      advice.hidden = words === '';
    }, signal);
    return makeCard(
      'Round trip',
      'A second of noise goes out of the loudspeaker, and is looked for in what comes in. The figure is the whole way: graph, browser, system, converter, air, and back. Put microphone and loudspeaker close together, or connect output and input by a cable. Take headphones off first: the noise is as loud as the level says.',
      h('div', { class: 'fields' }, field('Listens', input), field('Level, dBFS', level)),
      advice,
      this.#add(measurement),
    );
  }

  #makeDelay(session: Session, signal: AbortSignal): HTMLElement {
    const first = select([], { 'data-testid': 'delay-first' });
    const second = select([], { 'data-testid': 'delay-second' });
    const measure = async (stop: AbortSignal): Promise<MeasuredFigure[] | null> => {
      const inputs = { first: Number(first.value), second: Number(second.value) };
      const reading = await session.measureDelay({ ...inputs, signal: stop });
      return reading.found ? delayFigures(reading) : null;
    };
    const measurement = new Measurement({
      ...{ testId: 'delay-measure', action: 'Compare', measure },
      notFound: 'The two inputs have nothing in common within a third of a second either way.',
    });
    const fields = h('div', { class: 'fields' }, field('First', first), field('Second', second));
    const few = h(
      'p',
      { class: 'note', 'data-testid': 'delay-few' },
      'It takes two inputs: add another one in the mixer.',
    );
    this.page.store.watch(() => {
      const choices = inputChoices(session);
      for (const control of [first, second]) setChoices(control, choices);
      if (second.value === first.value) second.value = choices[1]?.value ?? '';
      const enough = choices.length > 1;
      few.hidden = enough;
      fields.hidden = !enough;
      measurement.element.hidden = !enough;
    }, signal);
    return makeCard(
      'Delay between two inputs',
      'Both are heard for a second and a half. The figure says by how much the second one lags: two microphones, two players of one programme. Any broad sound will do.',
      few,
      fields,
      this.#add(measurement),
    );
  }

  #makeCheck(session: Session): HTMLElement {
    const measure = async (signal: AbortSignal): Promise<MeasuredFigure[] | null> => {
      const { context, sampleRate } = session;
      const delayTime = checkFrames / sampleRate;
      const loop = new DelayNode(context, { delayTime, maxDelayTime: maxCheckSec });
      const reading = await session.measureLatency({ output: loop, from: loop, signal });
      return reading.found ? checkFigures(reading, checkFrames) : null;
    };
    const measurement = new Measurement({
      ...{ testId: 'check-measure', action: 'Check', measure },
      notFound: 'The sequence did not come back: this browser’s graph does not play it.',
    });
    return makeCard(
      'The meter itself',
      'The same measurement on a loop inside the browser, whose delay is known to the frame. Nothing is heard.',
      this.#add(measurement),
    );
  }
}

function makeCard(title: string, words: string, ...content: readonly Node[]): HTMLElement {
  const card = h('section');
  fillCard(card, title, '', h('p', { class: 'explained' }, words), ...content);
  return card;
}

function makeIdle(): HTMLElement {
  return h(
    'section',
    { class: 'card empty', 'data-testid': 'latency-empty' },
    h('h2', {}, 'The latency meter opens with the audio'),
    h(
      'p',
      {},
      'Press Start with the microphone as the source: then a second of noise tells how long sound takes out of this machine and back, to a small part of a sample.',
    ),
  );
}
