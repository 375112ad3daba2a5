/** The Worker of the recorder: one recording, or one look at formats or at what was left behind. */
import { FrameListener } from '../bus/frame-listener.ts';
import { InputSource } from './input-source.ts';
import type { RecordOrder, RecordReport, SoundTask } from './messages.ts';
import { MixSource } from './mix-source.ts';
import { refusalOf } from './open-encoder.ts';
import { openTake } from './open-take.ts';
import {
  formatNames,
  recordFormats,
  type FormatSupport,
  type RecordFormat,
} from './record-format.ts';
import { RecordLoop } from './record-loop.ts';
import { tellError } from './recorder-errors.ts';
import { repairTakes } from './repair.ts';
import type { SoundSource } from './sound-source.ts';
import type { Take } from './take.ts';
import { openTakeFolder } from './take-folder.ts';
import type { TakeWriter } from './take-writer.ts';

let writers: readonly TakeWriter[] = [];
/** By take: minimum, maximum, minimum, ... since the last report. */
let columns: readonly number[][] = [];
let loop: RecordLoop | null = null;

addEventListener('message', ({ data }: MessageEvent<RecordOrder>) => {
  switch (data.kind) {
    case 'formats':
      void orFail(() => tellFormats(data.sampleRate));
      return;
    case 'open':
      void orFail(() => open(data));
      return;
    case 'record':
      void orFail(() => record(data.sound));
      return;
    case 'stop':
      loop?.stop(data.endFrame);
      return;
    case 'repair':
      void orFail(repair);
  }
});

async function tellFormats(sampleRate: number): Promise<void> {
  const formats = recordFormats.map((format) => supportOf(format, sampleRate));
  report({ kind: 'formats', formats: await Promise.all(formats) });
}

async function supportOf(format: RecordFormat, sampleRate: number): Promise<FormatSupport> {
  const reason = await refusalOf(format, sampleRate);
  return { format, ...formatNames[format], isSupported: reason === null, reason };
}

async function open({ takes, encoding }: Extract<RecordOrder, { kind: 'open' }>): Promise<void> {
  const folder = await openTakeFolder();
  columns = takes.map(() => []);
  const opened: TakeWriter[] = [];
  writers = opened;
  for (const [i, take] of takes.entries()) {
    const tell = (minimum: number, maximum: number): void => {
      columns[i]?.push(minimum, maximum);
    };
    opened.push(await openTake(folder, take, encoding, tell));
  }
  report({ kind: 'opened' });
}

async function record(sound: SoundTask): Promise<void> {
  const source = openSource(sound);
  const { sampleRate } = writers[0]?.take ?? { sampleRate: 1 };
  loop = new RecordLoop(source, writers, sampleRate);
  try {
    const takes = await loop.run((progress) =>
      report({ kind: 'progress', ...progress, columns: mergedColumns() }),
    );
    report({ kind: 'finished', takes, columns: mergedColumns() });
  } finally {
    source.close();
  }
}

function openSource(sound: SoundTask): SoundSource {
  const channels = writers.map((writer) => writer.channels);
  if (sound.kind === 'inputs') return new InputSource(sound, channels);
  return new MixSource(FrameListener.attach(sound.listener), channels[0] ?? 2);
}

/** The columns of all takes together that every take has. */
function mergedColumns(): readonly number[] {
  const [first = [], ...others] = columns;
  const length = Math.min(...columns.map((column) => column.length));
  const merged = first.splice(0, length);
  for (const other of others) {
    for (const [i, value] of other.splice(0, length).entries()) {
      const extreme = i % 2 === 0 ? Math.min : Math.max;
      merged[i] = extreme(merged[i] ?? value, value);
    }
  }
  return merged;
}

async function repair(): Promise<void> {
  report({ kind: 'repaired', takes: await repairTakes(await openTakeFolder()) });
}

/** Keeps what there is of a recording that cannot go on. */
async function orFail(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    // What cannot be made whole now is found by the next repair.
    const takes = await rescue().catch(() => []);
    report({ kind: 'failed', error: tellError(error), takes });
  }
}

async function rescue(): Promise<readonly Take[]> {
  for (const writer of writers) writer.close();
  const ids = new Set(writers.map(({ take }) => take.id));
  writers = [];
  if (ids.size === 0) return [];
  const takes = await repairTakes(await openTakeFolder());
  return takes.filter(({ id }) => ids.has(id));
}

function report(message: RecordReport): void {
  postMessage(message);
}
