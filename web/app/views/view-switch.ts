import { missingView } from '../model/failure.ts';
import { makeFailureCard } from './failure-card.ts';
import { LiveView } from './live-view.ts';
import { type Page, View } from './view.ts';

/** A view that the rail lists. */
export interface ViewEntry {
  /** The key that shows it. */
  readonly key: string;
  /** The address after `#`. */
  readonly id: string;
  readonly title: string;
  /** Its class. Rejects when its file does not arrive. */
  readonly load: () => Promise<new (page: Page) => HTMLElement>;
}

const later = (): Promise<typeof import('./later-views.ts')> => import('./later-views.ts');

const voice = (): Promise<typeof import('./voice-elements.ts')> => import('./voice-elements.ts');

const record = (): Promise<typeof import('./record-elements.ts')> => import('./record-elements.ts');

/** Every view; a new one is added here and nowhere else. */
export const viewEntries: readonly [ViewEntry, ...ViewEntry[]] = [
  { key: '1', id: 'live', title: 'Live', load: () => Promise.resolve(LiveView) },
  { key: '2', id: 'mixer', title: 'Mixer', load: async () => (await later()).MixerView },
  { key: '3', id: 'spectrum', title: 'Spectrum', load: async () => (await later()).SpectrumView },
  { key: '4', id: 'tuner', title: 'Tuner', load: async () => (await later()).TunerView },
  { key: '5', id: 'status', title: 'Status', load: async () => (await later()).StatusView },
  { key: '6', id: 'latency', title: 'Latency', load: async () => (await later()).LatencyView },
  { key: '7', id: 'accuracy', title: 'Accuracy', load: async () => (await later()).AccuracyView },
  { key: '8', id: 'deadline', title: 'Deadline', load: async () => (await later()).DeadlineView },
  { key: '9', id: 'voice', title: 'Voice', load: async () => (await voice()).LiveVoiceView },
  { key: '0', id: 'record', title: 'Record', load: async () => (await record()).LiveRecordView },
  {
    ...{ key: 'b', id: 'broadcast', title: 'Broadcast' },
    load: async () => (await import('./broadcast-elements.ts')).LiveBroadcastView,
  },
];

/** The view that the address names, else the first. */
export function currentView(): ViewEntry {
  return viewEntries.find(({ id }) => `#${id}` === location.hash) ?? viewEntries[0];
}

/** Begins or ends a recording, whatever view is shown. */
export function toggleRecording(page: Page): Promise<void> {
  const whenMissing = (): void => {
    // Its own card says that its file did not come.
    location.hash = 'record';
  };
  return record().then(({ toggleRecordingOf }) => toggleRecordingOf(page), whenMissing);
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
