/** What a person is told of the copy of the page that the browser keeps. */
import type { Fact } from './facts.ts';
import type { Failure } from './failure.ts';

/** Whether the page opens without a network, and what there is of newer ones. */
export interface OfflineState {
  /** `kept`: every file of this version is there. */
  readonly kept: 'no' | 'coming' | 'kept' | 'failed';
  /** `others`: it waits until other tabs are closed that run this one. */
  readonly newVersion: 'none' | 'ready' | 'others';
  /** Why it is not kept, or the browser's own words, or empty. */
  readonly detail: string;
}

const words: Readonly<Record<OfflineState['kept'], string>> = {
  no: 'no',
  coming: 'files are being kept',
  kept: 'yes',
  failed: 'no: not every file came',
};

/** Whether the page opens without a network. */
export function offlineFact({ kept, detail }: OfflineState): Fact {
  const value = detail === '' || kept === 'kept' ? words[kept] : `${words[kept]} (${detail})`;
  return { name: 'Opens offline', value, tone: tones[kept] };
}

const tones = { no: 'warn', coming: undefined, kept: 'good', failed: 'warn' } as const;

/** The notice of a newer version; null while there is none. */
export function versionNotice({ newVersion }: OfflineState): Failure | null {
  if (newVersion === 'none') return null;
  return {
    code: 'new-version',
    tone: 'info',
    title: 'A new version of this page is here.',
    meaning: 'It is taken when the page is opened the next time. Until then all goes on as it is.',
    remedy: newVersion === 'others' ? 'Other tabs still run this version: close them first.' : '',
    action: 'load-version',
    actionLabel: 'Load it now',
    detail: '',
  };
}
