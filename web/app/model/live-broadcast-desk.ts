import type { Page } from '../views/view.ts';
import type { BroadcastDesk, BroadcastSettings, BroadcastState } from './broadcast-desk.ts';
import { DelayHistory } from './delay-history.ts';
import { Store } from './store.ts';

/** Placeholder until the streamer is there. */
export class LiveBroadcastDesk implements BroadcastDesk {
  readonly store: Store<BroadcastState> = new Store<BroadcastState>({
    settings: {
      url: '/webcast/live',
      user: 'source',
      format: 'opus',
      bitrateKbps: 96,
      title: '',
      artist: '',
    },
    isReady: false,
    formats: null,
    isTold: true,
    notice: null,
    status: {
      phase: 'idle',
      reason: '',
      attempt: 0,
      nextTryAtMs: null,
      sentBytes: 0,
      sentMs: 0,
      waitingMs: 0,
      waitingBytes: 0,
      droppedMs: 0,
      ringToSocketMs: null,
      serverDelayMs: null,
      liveSinceMs: null,
    },
  });
  readonly history: DelayHistory = new DelayHistory();
  constructor(_page: Page, _signal: AbortSignal) {}
  async start(): Promise<void> {}
  async stop(): Promise<void> {}
  change(_patch: Partial<BroadcastSettings>): void {}
  tell(): void {}
  dismiss(): void {}
}
