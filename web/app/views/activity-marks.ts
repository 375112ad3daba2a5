import { h, setAttributes, setText } from '../dom/element.ts';
import { formatElapsed } from '../format.ts';
import type { Activity, OnAir } from '../model/activity.ts';
import { View } from './view.ts';

const airWords: Readonly<Record<OnAir['state'], string>> = {
  connecting: 'Connecting',
  live: 'On air',
  reconnecting: 'Reconnecting',
};

/** The header's marks of a recording and of a broadcast: they stay whatever view is shown. */
export class ActivityMarks extends View {
  protected mount(signal: AbortSignal): void {
    const recording = makeMark('record', 'recording-mark');
    const onAir = makeMark('broadcast', 'on-air-mark');
    this.append(recording.element, onAir.element);
    this.page.activity.watch((activity) => {
      recording.show(recordingMark(activity));
      onAir.show(onAirMark(activity));
    }, signal);
  }
}

interface MarkState {
  readonly words: string;
  readonly seconds: number | null;
  readonly tone: 'live' | 'waiting';
}

interface Mark {
  readonly element: HTMLElement;
  show(state: MarkState | null): void;
}

function makeMark(view: string, testId: string): Mark {
  const words = h('span', { class: 'words' });
  const time = h('span', { class: 'num' });
  const dot = h('i', { 'aria-hidden': 'true' });
  const element = h('a', { class: 'activity', href: `#${view}`, 'data-testid': testId });
  element.append(dot, words, time);
  return {
    element,
    show(state) {
      element.hidden = state === null;
      if (state === null) return;
      setAttributes(element, { 'data-state': state.tone });
      setText(words, state.words);
      setText(time, state.seconds === null ? '' : formatElapsed(state.seconds));
    },
  };
}

function recordingMark({ recordingSec }: Activity): MarkState | null {
  if (recordingSec === null) return null;
  return { words: 'Recording', seconds: recordingSec, tone: 'live' };
}

function onAirMark({ onAir }: Activity): MarkState | null {
  if (onAir === null) return null;
  const { state, seconds } = onAir;
  return { words: airWords[state], seconds, tone: state === 'live' ? 'live' : 'waiting' };
}
