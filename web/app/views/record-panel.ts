import { fillCard } from '../dom/card.ts';
import { h, setAttributes, setText } from '../dom/element.ts';
import { makeFigureList } from '../dom/figure-list.ts';
import { readout } from '../dom/readout.ts';
import { OverviewPainter } from '../draw/overview-painter.ts';
import { Theme } from '../draw/palette.ts';
import { PixelCanvas } from '../draw/pixel-canvas.ts';
import { formatBytes, formatClock } from '../format.ts';
import type { RecordDesk, RecordState } from '../model/record-desk.ts';
import { dropoutsInWords, recordPhaseInWords } from '../model/record-words.ts';
import { makeMeter } from './meter.ts';
import { type Page, View } from './view.ts';

/** The record button, and what is being recorded: time, size, level, waveform, what was lost. */
export class RecordPanel extends View {
  readonly #desk: RecordDesk;

  constructor(page: Page, desk: RecordDesk) {
    super(page);
    this.#desk = desk;
  }

  protected mount(signal: AbortSignal): void {
    const words = h('p', { class: 'aside', role: 'status', 'data-testid': 'record-status' });
    const lost = h('p', { class: 'note', role: 'status', 'data-testid': 'record-lost' });
    const button = makeButton(() => toggleRecording(this.#desk));
    const elapsed = readout('record-elapsed', 'num elapsed');
    const figures = makeFigures();
    const levels = this.#makeLevels(signal);
    const wave = this.#makeWave(signal);
    const run = h('div', { class: 'record-run' }, button, elapsed.element, figures.element, levels);
    fillCard(this, 'Recorder', words, run, wave, lost);
    this.#desk.store.watch((state) => {
      showButton(button, state);
      setText(words, recordPhaseInWords(state));
      const { running } = state;
      elapsed.set(running === null ? 0 : running.frames / running.sampleRateHz, formatTenths);
      figures.draw(state);
      const dropouts = running?.dropouts ?? [];
      setText(lost, running === null ? '' : dropoutsInWords(dropouts, running.sampleRateHz));
      setAttributes(lost, { 'data-tone': dropouts.length > 0 ? 'warn' : undefined });
      this.dataset['phase'] = state.phase;
    }, signal);
  }

  #makeLevels(signal: AbortSignal): HTMLElement {
    const peak = makeMeter('Peak', 'record-peak');
    const rms = makeMeter('RMS', 'record-rms');
    const draw = (text: boolean): void => {
      const level = this.#desk.level();
      peak.draw(level?.peakDb ?? null, text);
      rms.draw(level?.rmsDb ?? null, text);
    };
    this.page.frames.add((frame) => draw(frame.text), signal);
    this.page.store.watch(() => draw(true), signal);
    return h('div', { class: 'record-levels' }, peak.element, rms.element);
  }

  #makeWave(signal: AbortSignal): HTMLElement {
    const theme = new Theme(signal);
    const draw = (): void => {
      const { running } = this.#desk.store.state;
      const overview = this.#desk.overview();
      const scene = running === null || overview === null ? null : { overview, recording: running };
      painter.draw(scene, theme.palette);
    };
    const label = 'What was recorded so far, with what was lost';
    const canvas = new PixelCanvas('record-wave', label, draw, signal);
    const painter = new OverviewPainter(canvas);
    this.#desk.store.watch(draw, signal);
    return h('div', { class: 'record-wave' }, canvas.element);
  }
}

/** Begins a recording, or ends the one that is there. */
export function toggleRecording(desk: RecordDesk): Promise<void> {
  const { phase } = desk.store.state;
  if (phase === 'finishing') return Promise.resolve();
  return phase === 'idle' ? desk.start() : desk.stop();
}

function makeButton(onPress: () => Promise<void>): HTMLButtonElement {
  const button = h('button', { type: 'button', class: 'record-button' });
  setAttributes(button, { 'data-testid': 'record-toggle', 'aria-keyshortcuts': 'R' });
  button.append(h('i', { 'aria-hidden': 'true' }), h('span', { class: 'unseen' }));
  button.addEventListener('click', () => void onPress());
  return button;
}

const buttonWords = {
  idle: 'Record',
  starting: 'Cancel the recording',
  recording: 'Stop recording',
  finishing: 'Completing the file',
} as const;

function showButton(button: HTMLButtonElement, { phase, isReady }: RecordState): void {
  const label = buttonWords[phase];
  button.disabled = phase === 'finishing' || (phase === 'idle' && !isReady);
  setAttributes(button, { title: `${label} (R)` });
  const words = button.querySelector('span');
  if (words !== null) setText(words, label);
}

const formatTenths = (seconds: number): string => formatClock(seconds).slice(0, -2);

const makeFigures = (): ReturnType<typeof makeFigureList<RecordState>> =>
  makeFigureList<RecordState>('record-figures', [
    {
      ...{ title: 'Size', testId: 'record-bytes', format: formatBytes },
      value: ({ running }) => running?.bytes ?? null,
    },
    {
      ...{ title: 'Room left', testId: 'record-free', format: formatBytes },
      value: ({ freeBytes }) => freeBytes,
    },
  ]);
