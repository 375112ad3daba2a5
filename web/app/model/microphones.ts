import { listMicrophones, type MicrophoneInfo, watchMicrophones } from '../../lib/index.ts';
import type { PageState } from './page-state.ts';
import type { Store } from './store.ts';

// Chromium lists these beside the devices that they stand for.
const aliases = ['default', 'communications'];

/** Keeps the list of microphones fresh: as devices come and go, and once they are allowed. */
export function followMicrophones(store: Store<PageState>, signal: AbortSignal): void {
  const refresh = async (): Promise<void> => {
    const microphones = await listMicrophones();
    store.update({ microphones: microphones.filter(isDevice) });
  };
  let sourceLabel = '';
  watchMicrophones(() => void refresh(), signal);
  store.watch((state) => {
    if (state.sourceLabel === sourceLabel) return;
    ({ sourceLabel } = state);
    void refresh();
  }, signal);
  void refresh();
}

function isDevice({ deviceId }: MicrophoneInfo): boolean {
  return !aliases.includes(deviceId);
}
