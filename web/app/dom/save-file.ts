import { h } from './element.ts';

/** Hands a file to the person, as the browser does with a download. Call it from a click or a key. */
export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  h('a', { href: url, download: name }).click();
  // The browser has taken the content over when the click's events are done.
  setTimeout(() => URL.revokeObjectURL(url));
}
