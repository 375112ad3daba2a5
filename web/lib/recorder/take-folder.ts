/** Where takes lie in the origin-private file system. Page and Worker. */
import { storageDenied, storageError } from './recorder-errors.ts';

const folderName = 'quanta-takes';
const journalEnd = '.json';

/** Files of a take, by its id. */
export const journalName = (id: string): string => `${id}${journalEnd}`;
export const audioName = (id: string, extension: string): string => `${id}.${extension}`;
export const overviewName = (id: string): string => `${id}.envelope`;

/** The folder of all takes. @throws RecorderError */
export async function openTakeFolder(): Promise<FileSystemDirectoryHandle> {
  // Missing in pages that are not secure.
  const { storage } = navigator as { readonly storage?: StorageManager };
  if (storage?.getDirectory === undefined) {
    throw storageDenied('it has no origin-private file system');
  }
  try {
    const root = await storage.getDirectory();
    return await root.getDirectoryHandle(folderName, { create: true });
  } catch (error) {
    throw storageError(error);
  }
}

/** Ids of all takes that have a journal. */
export async function takeIds(folder: FileSystemDirectoryHandle): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const name of folder.keys()) {
    if (name.endsWith(journalEnd)) ids.push(name.slice(0, -journalEnd.length));
  }
  return ids;
}

/** Removes all files of a take. @throws RecorderError */
export async function removeTake(folder: FileSystemDirectoryHandle, id: string): Promise<void> {
  const names: string[] = [];
  for await (const name of folder.keys()) if (name.startsWith(`${id}.`)) names.push(name);
  // The journal goes last: what is removed in part is still found.
  const journal = journalName(id);
  for (const name of names.toSorted((a, b) => Number(a === journal) - Number(b === journal))) {
    try {
      await folder.removeEntry(name);
    } catch (error) {
      const isGone = error instanceof DOMException && error.name === 'NotFoundError';
      if (!isGone) throw storageError(error);
    }
  }
}
