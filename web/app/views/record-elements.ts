/** The Record view's parts, made known to the browser: a file that only this view loads. */
import '../styles/record.css';
import '../styles/takes.css';
import { LiveRecordDesk } from '../model/live-record-desk.ts';
import { RecordOptionsPanel } from './record-options-panel.ts';
import { RecordPanel, toggleRecording } from './record-panel.ts';
import { RecordView } from './record-view.ts';
import { TakesPanel } from './takes-panel.ts';
import type { Page } from './view.ts';

const elements: readonly (readonly [string, CustomElementConstructor])[] = [
  ['quanta-record-options-panel', RecordOptionsPanel],
  ['quanta-record-panel', RecordPanel],
  ['quanta-takes-panel', TakesPanel],
  ['quanta-record-view', RecordView],
];

for (const [name, element] of elements) customElements.define(name, element);

const desks = new WeakMap<Page, LiveRecordDesk>();

// It goes on while other views are shown.
function deskOf(page: Page): LiveRecordDesk {
  const desk = desks.get(page) ?? new LiveRecordDesk(page, new AbortController().signal);
  desks.set(page, desk);
  return desk;
}

/** The view with the page's own desk. */
export class LiveRecordView extends RecordView {
  constructor(page: Page) {
    super(page, deskOf(page));
  }
}
customElements.define('quanta-live-record-view', LiveRecordView);

/** Begins or ends a recording, whatever view is shown; what fails is told in this one. */
export async function toggleRecordingOf(page: Page): Promise<void> {
  const desk = deskOf(page);
  await toggleRecording(desk);
  if (desk.store.state.notice !== null) location.hash = 'record';
}

export { RecordView };
