/** A desk of the Record view with made data: what it shows is known, what it is told is written down. */
import type {
  RecordDesk,
  RecordLevel,
  RecordSettings,
  RecordState,
  TakeEntry,
  TakeFormatChoice,
  WaveOverview,
} from '../../web/app/model/record-desk.ts';
import { formatLabel, takeFormats } from '../../web/app/model/record-words.ts';
import { Store } from '../../web/app/model/store.ts';

export const madeRateHz = 48_000;

export const madeFormats: readonly TakeFormatChoice[] = takeFormats.map((format) => ({
  format,
  label: formatLabel(format),
  isSupported: format !== 'aac',
  reason: format === 'aac' ? 'this browser has no encoder for it' : '',
}));

/** A take of so many seconds. */
export const madeTake = (
  id: string,
  seconds: number,
  patch: Partial<TakeEntry> = {},
): TakeEntry => ({
  ...{ id, name: `Take ${id}`, format: 'wav16', channels: 2, sampleRateHz: madeRateHz },
  ...{ frames: seconds * madeRateHz, bytes: 4 * seconds * madeRateHz + 80 },
  ...{ createdAtMs: Date.UTC(2026, 0, 31, 12), isRecovered: false, dropouts: [] },
  ...patch,
});

export class MadeRecordDesk implements RecordDesk {
  readonly store = new Store<RecordState>({
    phase: 'idle',
    settings: { source: 'mix', format: 'wav16', preRollSec: 0, bitrateKbps: 192 },
    isReady: true,
    sampleRateHz: madeRateHz,
    inputs: [{ input: 0, label: 'Oscillator' }],
    formats: madeFormats,
    running: null,
    takes: [],
    recovered: 0,
    freeBytes: 10 * 2 ** 30,
    notice: null,
  });
  readonly calls: string[] = [];
  levels: RecordLevel | null = { peakDb: -6, rmsDb: -12 };
  wave: WaveOverview | null = null;

  start(): Promise<void> {
    return this.#note('start');
  }

  stop(): Promise<void> {
    return this.#note('stop');
  }

  change(patch: Partial<RecordSettings>): void {
    this.calls.push(`change ${JSON.stringify(patch)}`);
    this.store.update({ settings: { ...this.store.state.settings, ...patch } });
  }

  refresh(): Promise<void> {
    return this.#note('refresh');
  }

  level(): RecordLevel | null {
    return this.levels;
  }

  overview(): WaveOverview | null {
    return this.wave;
  }

  rename(id: string, name: string): Promise<void> {
    return this.#note(`rename ${id} ${name}`);
  }

  remove(id: string): Promise<void> {
    const takes = this.store.state.takes?.filter((take) => take.id !== id) ?? null;
    this.store.update({ takes });
    return this.#note(`remove ${id}`);
  }

  /** Silence as long as the take. */
  file(id: string): Promise<File | null> {
    const take = this.store.state.takes?.find((each) => each.id === id);
    const how = { type: 'audio/wav' };
    return Promise.resolve(new File([silentWav(take?.frames ?? 0)], 'take.wav', how));
  }

  details(id: string): Promise<File | null> {
    return Promise.resolve(new File([JSON.stringify({ id })], 'take.json'));
  }

  overviewOf(): Promise<WaveOverview | null> {
    return Promise.resolve(ramp(64, madeRateHz));
  }

  /** As it is after so many seconds; the waveform grows louder. */
  record(seconds: number, lostAtSec: readonly number[] = []): void {
    const framesPerColumn = 1024;
    this.wave = ramp(Math.ceil((seconds * madeRateHz) / framesPerColumn), framesPerColumn);
    const dropouts = lostAtSec.map((sec) => ({
      atFrame: sec * madeRateHz,
      frames: madeRateHz / 2,
    }));
    const frames = seconds * madeRateHz;
    this.store.update({
      phase: 'recording',
      running: {
        ...{ frames, sampleRateHz: madeRateHz, bytes: 4 * frames },
        ...{ preRollFrames: 0, dropouts },
      },
    });
  }

  #note(call: string): Promise<void> {
    this.calls.push(call);
    return Promise.resolve();
  }
}

// Browser tests have no Buffer, which the other makers of WAV files need.
function silentWav(frames: number): ArrayBuffer {
  const headerBytes = 44;
  const file = new ArrayBuffer(headerBytes + 2 * frames);
  const view = new DataView(file);
  const text = (at: number, words: string) =>
    new Uint8Array(file).set(new TextEncoder().encode(words), at);
  text(0, 'RIFF');
  view.setUint32(4, file.byteLength - 8, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, madeRateHz, true);
  view.setUint32(28, 2 * madeRateHz, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, 2 * frames, true);
  return file;
}

function ramp(columns: number, framesPerColumn: number): WaveOverview {
  const maxima = Float32Array.from({ length: columns }, (_, i) => (i + 1) / columns);
  return { framesPerColumn, maxima, minima: maxima.map((sample) => -sample) };
}
