/** Makes whole takes of what a page or a Worker left behind that ended. Worker only. */
import { decodeJournal, encodeJournal, type Journal } from './journal.ts';
import { openFile } from './open-take.ts';
import { wavTypes } from './open-encoder.ts';
import { formatNames } from './record-format.ts';
import type { Take } from './take.ts';
import type { TakeFile } from './take-file.ts';
import { audioName, journalName, removeTake, takeIds } from './take-folder.ts';
import { closeWav } from './wav-encoder.ts';

/** Repairs all takes that nobody writes any more. @returns Those that were repaired. */
export async function repairTakes(folder: FileSystemDirectoryHandle): Promise<readonly Take[]> {
  const repaired: Take[] = [];
  for (const id of await takeIds(folder)) {
    const take = await repairTake(folder, id);
    if (take !== null) repaired.push(take);
  }
  return repaired;
}

async function repairTake(folder: FileSystemDirectoryHandle, id: string): Promise<Take | null> {
  const text = await (await (await folder.getFileHandle(journalName(id))).getFile()).text();
  const journal = decodeJournal(text);
  // One that is empty belongs to a recording that begins, or never began.
  if (text !== '' && journal?.state !== 'recording') return null;
  const files = await openAlone(folder, namesOf(id, journal));
  if (files === null) return null;
  const take = journal === null ? null : closeTake(journal, files);
  for (const file of files) file.close();
  if (take !== null && take.frames > 0) return take;
  await removeTake(folder, id);
  return null;
}

function namesOf(id: string, journal: Journal | null): readonly string[] {
  if (journal === null) return [journalName(id)];
  return [journalName(id), audioName(id, formatNames[journal.take.format].extension)];
}

/** @returns Null where another Worker has one of them: it is being recorded. */
async function openAlone(
  folder: FileSystemDirectoryHandle,
  names: readonly string[],
): Promise<readonly TakeFile[] | null> {
  const files: TakeFile[] = [];
  try {
    for (const name of names) files.push(await openFile(folder, name));
    return files;
  } catch (error) {
    for (const file of files) file.close();
    if (error instanceof DOMException && error.name === 'NoModificationAllowedError') return null;
    throw error;
  }
}

function closeTake({ take }: Journal, [notes, audio]: readonly TakeFile[]): Take | null {
  if (notes === undefined || audio === undefined) return null;
  const frames = closeAudio(take, audio);
  const dropouts = take.dropouts.filter(({ atFrame }) => atFrame < frames);
  const whole: Take = { ...take, frames, dropouts, bytes: audio.size, isRepaired: true };
  audio.flush();
  notes.writeAt(encodeJournal({ take: whole, state: 'done' }, notes.size), 0);
  notes.flush();
  return whole;
}

/** What came after the last checkpoint is whole only in WAV. @returns Frames of the file. */
function closeAudio(take: Take, audio: TakeFile): number {
  const sampleType = wavTypes[take.format];
  if (sampleType === undefined) {
    audio.truncate(Math.min(audio.size, take.bytes));
    return take.frames;
  }
  const { channels, sampleRate } = take;
  return closeWav(audio, { sampleType, channels, sampleRate });
}
