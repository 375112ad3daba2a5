/** Makes the files of a new take, and opens those of one that was left behind. Worker only. */
import { openEncoder } from './open-encoder.ts';
import type { NewTake } from './messages.ts';
import { formatNames } from './record-format.ts';
import { storageError } from './recorder-errors.ts';
import type { EncoderTask } from './take-encoder.ts';
import { type SyncFile, TakeFile } from './take-file.ts';
import { audioName, journalName, overviewName, removeTake } from './take-folder.ts';
import { TakeWriter } from './take-writer.ts';

/** Files as Workers have them. */
interface WorkerFileHandle extends FileSystemFileHandle {
  createSyncAccessHandle(): Promise<SyncFile>;
}

/** Opens a file for this Worker alone. @throws DOMException while another one has it. */
export async function openFile(
  folder: FileSystemDirectoryHandle,
  name: string,
  options: FileSystemGetFileOptions = {},
): Promise<TakeFile> {
  const handle = (await folder.getFileHandle(name, options)) as WorkerFileHandle;
  return new TakeFile(await handle.createSyncAccessHandle());
}

/** Begins a take. @throws RecorderError */
export async function openTake(
  folder: FileSystemDirectoryHandle,
  take: NewTake,
  encoding: Pick<EncoderTask, 'bitrateKbps' | 'dither'>,
  tell: (minimum: number, maximum: number) => void,
): Promise<TakeWriter> {
  const { id, format, channels, sampleRate } = take;
  const create = (name: string): Promise<TakeFile> => openFile(folder, name, { create: true });
  const opened: TakeFile[] = [];
  try {
    for (const name of [
      audioName(id, formatNames[format].extension),
      journalName(id),
      overviewName(id),
    ]) {
      opened.push(await create(name));
    }
    const [audio, journal, overview] = opened as [TakeFile, TakeFile, TakeFile];
    const encoder = await openEncoder(format, audio, { channels, sampleRate, ...encoding });
    return new TakeWriter(take, { audio, journal, overview }, encoder, tell);
  } catch (error) {
    for (const file of opened) file.close();
    await removeTake(folder, id);
    throw storageError(error);
  }
}
