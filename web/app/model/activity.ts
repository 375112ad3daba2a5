/** What goes on whatever view is shown, and ends with the page. */
import { Store } from './store.ts';

/** A broadcast as the header tells it. */
export interface OnAir {
  readonly state: 'connecting' | 'live' | 'reconnecting';
  /** Whole seconds since the first sound went out; null: none did. */
  readonly seconds: number | null;
}

/** What the header marks. */
export interface Activity {
  /** Whole seconds of the recording; null: nothing is being recorded. */
  readonly recordingSec: number | null;
  /** Null: nothing is sent. */
  readonly onAir: OnAir | null;
}

/** Nothing goes on. */
export function makeActivity(): Store<Activity> {
  return new Store<Activity>({ recordingSec: null, onAir: null });
}

/** Has the browser ask before it closes a page that records or sends. */
export function askBeforeLeaving(activity: Store<Activity>, signal: AbortSignal): void {
  const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
  let asks = false;
  const follow = ({ recordingSec, onAir }: Activity): void => {
    const shouldAsk = recordingSec !== null || onAir !== null;
    if (shouldAsk === asks) return;
    asks = shouldAsk;
    // Only while there is something to lose: a page that listens for it is not kept for “back”.
    if (asks) addEventListener('beforeunload', ask);
    else removeEventListener('beforeunload', ask);
  };
  activity.watch(follow, signal);
  signal.addEventListener('abort', () => removeEventListener('beforeunload', ask));
}
