/** A desk of the Broadcast view with made data; what it is told is written down. */
import type {
  BroadcastDesk,
  BroadcastSettings,
  BroadcastState,
  BroadcastStatus,
} from '../../web/app/model/broadcast-desk.ts';
import { DelayHistory } from '../../web/app/model/delay-history.ts';
import { Store } from '../../web/app/model/store.ts';

export const offAir: BroadcastStatus = {
  ...{ phase: 'idle', reason: '', attempt: 0, nextTryAtMs: null },
  ...{ sentBytes: 0, sentMs: 0, waitingMs: 0, waitingBytes: 0, droppedMs: 0 },
  ...{ ringToSocketMs: null, serverDelayMs: null, liveSinceMs: null },
};

export class MadeBroadcastDesk implements BroadcastDesk {
  readonly store = new Store<BroadcastState>({
    settings: {
      ...{ url: '/webcast/live', user: 'source', format: 'opus', bitrateKbps: 96 },
      ...{ title: '', artist: '' },
    },
    isReady: true,
    formats: [
      { format: 'opus', isSupported: true, reason: '' },
      { format: 'mp3', isSupported: false, reason: 'its encoder did not load.' },
    ],
    status: offAir,
    isTold: true,
    notice: null,
  });
  readonly history = new DelayHistory();
  readonly calls: string[] = [];

  start(password: string): Promise<void> {
    this.calls.push(`start ${password}`);
    return Promise.resolve();
  }

  stop(): Promise<void> {
    this.calls.push('stop');
    return Promise.resolve();
  }

  change(patch: Partial<BroadcastSettings>): void {
    this.store.update({
      settings: { ...this.store.state.settings, ...patch },
      isTold: patch.title === undefined && patch.artist === undefined && this.store.state.isTold,
    });
  }

  tell(): void {
    this.calls.push('tell');
    this.store.update({ isTold: true });
  }

  dismiss(): void {
    this.store.update({ notice: null });
  }

  /** Goes on with this status. */
  go(patch: Partial<BroadcastStatus>): void {
    this.store.update({ status: { ...this.store.state.status, ...patch } });
  }
}
