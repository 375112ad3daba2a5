import { saveFile } from './save-file.ts';

interface Picker {
  readonly showSaveFilePicker?: (
    this: typeof globalThis,
    options: { suggestedName: string },
  ) => Promise<FileSystemFileHandle>;
}

/**
 * Has the person choose where a file goes, where the browser can ask; else it is a download. Memory
 * stays flat, however long the file is. Call it soon after a click or a key.
 *
 * @returns Whether it was saved: false when the person thought better of it.
 * @throws What the file system says: a full disk, a folder that may not be written.
 */
export async function saveAs(content: Blob, name: string): Promise<boolean> {
  const { showSaveFilePicker } = globalThis as Picker;
  if (showSaveFilePicker === undefined) {
    saveFile(content, name);
    return true;
  }
  try {
    const handle = await showSaveFilePicker.call(globalThis, { suggestedName: name });
    await content.stream().pipeTo(await handle.createWritable());
    return true;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return false;
    throw error;
  }
}
