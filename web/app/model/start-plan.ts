/** What a person is told before Start and while it is under way. */
import type { CaptureKind } from '../../lib/index.ts';
import type { StartStep } from './page-state.ts';
import { kindOf, type Setup } from './setup.ts';

/** What will happen, in steps. */
export interface StartPlan {
  readonly title: string;
  readonly steps: readonly string[];
}

interface KindWords {
  readonly title: string;
  /** What is asked, or why nothing is. */
  readonly ask: string;
  readonly waiting: string;
}

const kinds: Readonly<Record<CaptureKind, KindWords>> = {
  microphone: {
    title: 'Measure a microphone',
    ask: 'The browser asks whether this page may use the microphone.',
    waiting: 'Answer the browser’s question about the microphone. Stop gives up.',
  },
  file: {
    title: 'Measure an audio file',
    ask: 'Choose a file, or drop one anywhere on the page. It is decoded here and not uploaded.',
    waiting: 'The browser is decoding the file. Stop gives up.',
  },
  oscillator: {
    title: 'Measure a test tone',
    ask: 'Nothing is asked: the tone is made on this machine.',
    waiting: 'The oscillator is starting. Stop gives up.',
  },
  display: {
    title: 'Measure a tab or the whole system',
    ask: 'The browser asks what to share. Choose a tab or screen and switch on “share audio”.',
    waiting: 'Answer the browser’s question about sharing. Stop gives up.',
  },
};

/** Says what Start will do. */
export function startPlan(setup: Setup, file: File | null): StartPlan {
  const kind = kindOf(setup.source);
  const { title, ask } = kinds[kind];
  const chosen = kind === 'file' && file !== null;
  return {
    title,
    steps: [
      chosen ? `“${file.name}” is decoded here and not uploaded.` : ask,
      'The engine starts on the audio thread and measures every quantum.',
      setup.monitor
        ? 'The sound is played on your speakers.'
        : 'You hear nothing: the sound is measured, not played.',
    ],
  };
}

/** Says what a start waits for. */
export function waitingWords(step: StartStep, setup: Setup): { title: string; text: string } {
  return step === 'engine'
    ? { title: 'Starting the engine', text: 'The audio output opens and the engine loads.' }
    : { title: 'Opening the source', text: kinds[kindOf(setup.source)].waiting };
}
