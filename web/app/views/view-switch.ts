import { AccuracyView } from './accuracy-view.ts';
import { DeadlineView } from './deadline-view.ts';
import { LatencyView } from './latency-view.ts';
import { LiveView } from './live-view.ts';
import { MixerView } from './mixer-view.ts';
import { SpectrumView } from './spectrum-view.ts';
import { StatusView } from './status-view.ts';
import { TunerView } from './tuner-view.ts';
import { type Page, View } from './view.ts';

/** A view that the rail lists: its number key is its place in the list. */
export interface ViewEntry {
  /** The address after `#`. */
  readonly id: string;
  readonly title: string;
  readonly make: (page: Page) => HTMLElement;
}

/** Every view; a new one is added here and nowhere else. */
export const viewEntries: readonly [ViewEntry, ...ViewEntry[]] = [
  { id: 'live', title: 'Live', make: (page) => new LiveView(page) },
  { id: 'mixer', title: 'Mixer', make: (page) => new MixerView(page) },
  { id: 'spectrum', title: 'Spectrum', make: (page) => new SpectrumView(page) },
  { id: 'tuner', title: 'Tuner', make: (page) => new TunerView(page) },
  { id: 'status', title: 'Status', make: (page) => new StatusView(page) },
  { id: 'latency', title: 'Latency', make: (page) => new LatencyView(page) },
  { id: 'accuracy', title: 'Accuracy', make: (page) => new AccuracyView(page) },
  { id: 'deadline', title: 'Deadline', make: (page) => new DeadlineView(page) },
];

/** The view that the address names, else the first. */
export function currentView(): ViewEntry {
  return viewEntries.find(({ id }) => `#${id}` === location.hash) ?? viewEntries[0];
}

/** Shows the current view and takes the others off the page, so that they draw nothing. */
export class ViewSwitch extends View {
  protected mount(signal: AbortSignal): void {
    let shown: ViewEntry | undefined;
    const show = (): void => {
      const entry = currentView();
      if (entry === shown) return;
      shown = entry;
      this.replaceChildren(entry.make(this.page));
    };
    addEventListener('hashchange', show, { signal });
    this.#comeHomeOnFailure(signal);
    show();
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
