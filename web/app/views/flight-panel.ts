import type { FlightRecorder, Incident } from '../../lib/index.ts';
import { fillCard } from '../dom/card.ts';
import { h, setText } from '../dom/element.ts';
import { saveFile } from '../dom/save-file.ts';
import { flightFileName, flightInWords, incidentInWords } from '../model/flight-words.ts';
import { View } from './view.ts';

/** What the flight recorder holds, and what it kept when something went wrong. */
export class FlightPanel extends View {
  /** The last session's: what it kept can be saved after the stop, too. */
  #recorder: FlightRecorder | null = null;

  protected mount(signal: AbortSignal): void {
    const words = h('p', { class: 'note', 'data-testid': 'flight-status' });
    const save = h('button', { type: 'button', 'data-testid': 'flight-save' }, 'Save recording');
    const incidents = h('ul', { 'data-testid': 'flight-incidents' });
    const privacy = 'It holds what came into the mixer. It leaves this page only by your click.';
    fillCard(this, 'Flight recorder', save, words, incidents, h('p', { class: 'note' }, privacy));
    save.addEventListener('click', () => void this.#save(words), { signal });
    const show = (): void => this.#show(words, save, incidents);
    this.page.frames.add(({ text }) => {
      if (text) show();
    }, signal);
    this.page.store.watch(({ session }) => {
      this.#recorder = session?.flightRecorder ?? this.#recorder;
      show();
    }, signal);
  }

  #show(words: HTMLElement, save: HTMLButtonElement, incidents: HTMLElement): void {
    const status = this.#recorder?.status;
    setText(words, status === undefined ? 'It starts with the audio.' : flightInWords(status));
    save.disabled = status?.recording !== true || status.bytes === 0;
    const kept = this.#recorder?.incidents ?? [];
    const wanted = kept.map(incidentInWords);
    if (incidents.dataset['shown'] === wanted.join()) return;
    incidents.dataset['shown'] = wanted.join();
    incidents.replaceChildren(...kept.map(incidentRow));
  }

  async #save(words: HTMLElement): Promise<void> {
    if (this.#recorder === null) return;
    try {
      saveFile(await this.#recorder.save(), flightFileName(new Date()));
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      setText(words, error.message);
    }
  }
}

function incidentRow(incident: Incident): HTMLElement {
  const save = h('button', { type: 'button' }, 'Save');
  save.addEventListener('click', () => saveFile(incident.recording, flightFileName(incident.at)));
  return h('li', {}, h('span', {}, incidentInWords(incident)), save);
}
