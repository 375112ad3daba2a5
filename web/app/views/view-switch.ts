import { missingView } from '../model/failure.ts';
import { makeFailureCard } from './failure-card.ts';
import { LiveView } from './live-view.ts';
import { type Page, View } from './view.ts';

/** A view that the rail lists: its number key is its place in the list. */
export interface ViewEntry {
  /** The address after `#`. */
  readonly id: string;
  readonly title: string;
  /** Its class. Rejects when its file does not arrive. */
  readonly load: () => Promise<new (page: Page) => HTMLElement>;
}

const later = (): Promise<typeof import('./later-views.ts')> => import('./later-views.ts');

const voice = (): Promise<typeof import('./voice-elements.ts')> => import('./voice-elements.ts');

/** Every view; a new one is added here and nowhere else. */
export const viewEntries: readonly [ViewEntry, ...ViewEntry[]] = [
  { id: 'live', title: 'Live', load: () => Promise.resolve(LiveView) },
  { id: 'mixer', title: 'Mixer', load: async () => (await later()).MixerView },
  { id: 'spectrum', title: 'Spectrum', load: async () => (await later()).SpectrumView },
  { id: 'tuner', title: 'Tuner', load: async () => (await later()).TunerView },
  { id: 'status', title: 'Status', load: async () => (await later()).StatusView },
  { id: 'latency', title: 'Latency', load: async () => (await later()).LatencyView },
  { id: 'accuracy', title: 'Accuracy', load: async () => (await later()).AccuracyView },
  { id: 'deadline', title: 'Deadline', load: async () => (await later()).DeadlineView },
  { id: 'voice', title: 'Voice', load: async () => (await voice()).LiveVoiceView },
];

/** The view that the address names, else the first. */
export function currentView(): ViewEntry {
  return viewEntries.find(({ id }) => `#${id}` === location.hash) ?? viewEntries[0];
}

/**
 * Shows the current view and takes the others off the page, so that they draw nothing. The one before
 * stays until the next one's file is there.
 */
export class ViewSwitch extends View {
  #shown: ViewEntry | undefined;

  protected mount(signal: AbortSignal): void {
    this.#shown = undefined;
    const show = (): void => void this.#show(currentView(), signal);
    addEventListener('hashchange', show, { signal });
    this.#comeHomeOnFailure(signal);
    show();
  }

  async #show(entry: ViewEntry, signal: AbortSignal): Promise<void> {
    if (entry === this.#shown) return;
    this.#shown = entry;
    const content = await this.#make(entry, signal);
    if (entry === this.#shown && !signal.aborted) this.replaceChildren(content);
  }

  async #make(entry: ViewEntry, signal: AbortSignal): Promise<HTMLElement> {
    try {
      const Shown = await entry.load();
      return new Shown(this.page);
    } catch (error) {
      return makeFailureCard(missingView(entry.title, error), () => {
        this.#shown = undefined;
        void this.#show(entry, signal);
      });
    }
  }

  // A failure is told where its card stands, whatever the person is looking at.
  #comeHomeOnFailure(signal: AbortSignal): void {
    let code: string | undefined;
    this.page.store.watch(({ failure }) => {
      if (failure !== null && failure.code !== code && currentView() !== viewEntries[0]) {
        location.hash = viewEntries[0].id;
      }
      code = failure?.code;
    }, signal);
  }
}
