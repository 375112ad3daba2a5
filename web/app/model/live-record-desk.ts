import type { Page } from '../views/view.ts';
import type {
  RecordDesk,
  RecordLevel,
  RecordSettings,
  RecordState,
  WaveOverview,
} from './record-desk.ts';
import { Store } from './store.ts';

/** Placeholder until the recorder is there. */
export class LiveRecordDesk implements RecordDesk {
  readonly store: Store<RecordState> = new Store<RecordState>({
    phase: 'idle',
    settings: { source: 'mix', format: 'wav16', preRollSec: 0, bitrateKbps: 192 },
    isReady: false,
    sampleRateHz: 48_000,
    inputs: [],
    formats: null,
    running: null,
    takes: null,
    recovered: 0,
    freeBytes: null,
    notice: null,
  });
  constructor(_page: Page, _signal: AbortSignal) {}
  async start(): Promise<void> {}
  async stop(): Promise<void> {}
  change(_patch: Partial<RecordSettings>): void {}
  async refresh(): Promise<void> {}
  level(): RecordLevel | null {
    return null;
  }
  overview(): WaveOverview | null {
    return null;
  }
  async rename(): Promise<void> {}
  async remove(): Promise<void> {}
  async file(): Promise<Blob | null> {
    return null;
  }
  async details(): Promise<Blob | null> {
    return null;
  }
  async overviewOf(): Promise<WaveOverview | null> {
    return null;
  }
}
