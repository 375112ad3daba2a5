import { decodeJournal, encodeJournal, type Journal, sidecarText } from './journal.ts';
import { Overview } from './overview.ts';
import { formatNames } from './record-format.ts';
import { storageError, takeMissing } from './recorder-errors.ts';
import type { Take } from './take.ts';
import {
  audioName,
  journalName,
  openTakeFolder,
  overviewName,
  removeTake,
  takeIds,
} from './take-folder.ts';

/** The takes that this origin keeps. Page only. All methods throw RecorderError. */
export class TakeStore {
  readonly #repair: () => Promise<readonly Take[]>;

  /** @param repair Has a Worker repair what was left behind. */
  constructor(repair: () => Promise<readonly Take[]>) {
    this.#repair = repair;
  }

  /** Takes that are whole, the oldest first. One that is being recorded is not among them. */
  async list(): Promise<readonly Take[]> {
    const folder = await openTakeFolder();
    const takes: Take[] = [];
    for (const id of await takeIds(folder)) {
      const journal = await readJournal(folder, id);
      if (journal?.state === 'done') takes.push(journal.take);
    }
    return takes.toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
  }

  /** Gives a take another name: any text. */
  async rename(id: string, name: string): Promise<Take> {
    const folder = await openTakeFolder();
    const { take, state } = await this.#journalOf(folder, id);
    const renamed: Take = { ...take, name };
    await orStorageError(async () => {
      const file = await folder.getFileHandle(journalName(id));
      const writable = await file.createWritable();
      await writable.write(encodeJournal({ take: renamed, state }));
      await writable.close();
    });
    return renamed;
  }

  /** Deletes a take and all that belongs to it. */
  async delete(id: string): Promise<void> {
    const folder = await openTakeFolder();
    await this.#journalOf(folder, id);
    await removeTake(folder, id);
  }

  /** The sound, under a file name made of the take's name, to be played or saved. */
  async file(id: string): Promise<File> {
    const folder = await openTakeFolder();
    const { take } = await this.#journalOf(folder, id);
    const { extension, mime } = formatNames[take.format];
    const stored = await this.#fileOf(folder, audioName(id, extension), id);
    return new File([stored], `${fileStem(take.name)}.${extension}`, { type: mime });
  }

  /** What is known of a take, with its dropouts, as JSON. */
  async sidecar(id: string): Promise<Blob> {
    const { take } = await this.#journalOf(await openTakeFolder(), id);
    return new Blob([sidecarText(take)], { type: 'application/json' });
  }

  /** The envelope of a take, to be drawn. */
  async overview(id: string): Promise<Overview> {
    const folder = await openTakeFolder();
    const stored = await this.#fileOf(folder, overviewName(id), id);
    return Overview.decode(await stored.arrayBuffer());
  }

  /** Repairs what a page or a Worker left behind that ended. @returns The takes that came back. */
  repair(): Promise<readonly Take[]> {
    return this.#repair();
  }

  async #journalOf(folder: FileSystemDirectoryHandle, id: string): Promise<Journal> {
    const journal = await readJournal(folder, id);
    if (journal?.state !== 'done') throw takeMissing(id);
    return journal;
  }

  async #fileOf(folder: FileSystemDirectoryHandle, name: string, id: string): Promise<File> {
    const handle = await folder.getFileHandle(name).catch(unlessMissing);
    if (handle === undefined) throw takeMissing(id);
    return orStorageError(() => handle.getFile());
  }
}

/** Null where there is none that can be read. */
async function readJournal(folder: FileSystemDirectoryHandle, id: string): Promise<Journal | null> {
  // Ids come from callers too.
  if (!/^[\w-]+$/.test(id)) return null;
  const handle = await folder.getFileHandle(journalName(id)).catch(unlessMissing);
  if (handle === undefined) return null;
  return decodeJournal(await orStorageError(async () => (await handle.getFile()).text()));
}

function unlessMissing(error: unknown): undefined {
  if (error instanceof DOMException && error.name === 'NotFoundError') return undefined;
  throw storageError(error);
}

async function orStorageError<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw storageError(error);
  }
}

/** A name that every file system takes: what is a path or has a meaning of its own is replaced. */
export function fileStem(name: string): string {
  const safe = name
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>:"/\\|?*]/gu, '-')
    .replace(/^[\s.-]+|[\s.]+$/g, '');
  return Array.from(safe).slice(0, 80).join('') || 'recording';
}
