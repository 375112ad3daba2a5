/** What a person is told when the page works, but with less than it could. */
import type { EngineReport, FallbackReason } from '../../lib/index.ts';
import type { Failure } from './failure.ts';

interface ReasonWords {
  /** For the status line: two or three words. */
  readonly short: string;
  readonly title: string;
  readonly remedy: string;
}

const reasons: Readonly<Record<FallbackReason, ReasonWords>> = {
  'bytes-missing': {
    short: 'engine file missing',
    title: 'The engine’s file did not arrive.',
    remedy: 'Check that the server sends the engine’s .wasm file, then try again.',
  },
  'bytes-corrupt': {
    short: 'engine file damaged',
    title: 'The engine’s file is damaged.',
    remedy: 'Reload without the cache. If it stays, build the engine again.',
  },
  'blocked-by-policy': {
    short: 'blocked by policy',
    title: 'The page’s security policy forbids WebAssembly.',
    remedy: "Add 'wasm-unsafe-eval' to script-src in the Content-Security-Policy header.",
  },
  'abi-mismatch': {
    short: 'engine does not match',
    title: 'The engine’s file belongs to another version.',
    remedy: 'Reload without the cache. If it stays, build the engine again.',
  },
  'out-of-memory': {
    short: 'no memory',
    title: 'The browser gave the engine no memory.',
    remedy: 'Close other tabs or programs, then try again.',
  },
  unsupported: {
    short: 'no WebAssembly',
    title: 'This browser has no WebAssembly on its audio thread.',
    remedy: 'Use a current Chrome, Edge, Firefox or Safari for the faster engine.',
  },
  trap: {
    short: 'engine stopped',
    title: 'The engine stopped on an error while it ran.',
    remedy: 'Try again to load it afresh. If it comes back, report the words below.',
  },
};

/** Why the engine does not run as WebAssembly, in two or three words. */
export function reasonInShort(reason: FallbackReason): string {
  return reasons[reason].short;
}

/** The notice for an engine that does not run as WebAssembly; null when it does. */
export function engineNotice(report: EngineReport | null): Failure | null {
  if (report === null || report.reason === null) return null;
  const { title, remedy } = reasons[report.reason];
  return {
    code: `wasm-${report.reason}`,
    tone: report.engine === 'none' ? 'bad' : 'warn',
    title,
    meaning: engineMeaning(report),
    remedy,
    action: 'retry',
    actionLabel: 'Try again',
    detail: report.detail,
  };
}

function engineMeaning({ engine }: EngineReport): string {
  return engine === 'none'
    ? 'The JavaScript form of the engine does not run either, so the level is not measured. The waveform and the quanta go on without it.'
    : 'The same engine runs as JavaScript instead: slower, with the same results. Everything on this page goes on.';
}

/** What the browser tells about this page's surroundings. */
export interface Surroundings {
  readonly isolated: boolean;
  readonly secure: boolean;
}

/** The notice for a page without shared memory; null when it has it. */
export function isolationNotice({ isolated, secure }: Surroundings): Failure | null {
  if (isolated) return null;
  return {
    code: 'not-isolated',
    tone: 'info',
    title: 'This page is not cross-origin isolated.',
    meaning:
      'The page cannot share memory with the audio thread. Everything runs, but the waveform and the figures come by message, less often than the screen is drawn.',
    remedy: secure
      ? 'Serve the page with the headers “Cross-Origin-Opener-Policy: same-origin” and “Cross-Origin-Embedder-Policy: require-corp”, then reload it in a tab of its own.'
      : 'Open the page over https or from localhost: browsers isolate secure pages only.',
    action: 'reload',
    actionLabel: 'Check again',
    detail: '',
  };
}
