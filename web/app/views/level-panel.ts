import type { CaptureFault, EngineReport, Level } from '../../lib/index.ts';
import { fillCard } from '../dom/card.ts';
import { h, setText } from '../dom/element.ts';
import { meterMarksDb, meterPosition } from '../draw/meter-scale.ts';
import { PeakHold } from '../draw/peak-hold.ts';
import { formatFixed } from '../format.ts';
import { isMeasuring } from '../model/page-state.ts';
import { makeMeter, type Meter } from './meter.ts';
import { View } from './view.ts';

/** The level of the input: peak with its hold, and RMS. */
export class LevelPanel extends View {
  protected mount(signal: AbortSignal): void {
    const peak = makeMeter('Peak', 'peak-db');
    const rms = makeMeter('RMS', 'rms-db');
    const note = h('p', { class: 'note', 'data-testid': 'level-note' });
    const hold = new PeakHold();
    fillCard(
      this,
      'Level',
      h('span', { class: 'aside' }, 'dBFS'),
      peak.element,
      rms.element,
      makeScale(),
      note,
    );
    this.page.frames.add(({ session, snapshot, nowMs, text }) => {
      const { level } = snapshot;
      if (text) setText(note, levelNote(session.engine, session.watchdog.faults));
      drawLevel(peak, rms, level, hold.update(level?.peakDb ?? -Infinity, nowMs), text);
    }, signal);
    this.page.store.watch((state) => {
      if (isMeasuring(state)) return;
      setText(note, levelNote(state.engine, []));
      hold.reset();
      drawLevel(peak, rms, null, -Infinity, true);
    }, signal);
  }
}

function drawLevel(
  peak: Meter,
  rms: Meter,
  level: Level | null,
  holdDb: number,
  text: boolean,
): void {
  peak.draw(level?.peakDb ?? null, text);
  peak.mark(holdDb);
  rms.draw(level?.rmsDb ?? null, text);
}

function levelNote(engine: EngineReport | null, faults: readonly CaptureFault[]): string {
  if (engine?.engine === 'none') return 'Not measured: no form of the engine runs.';
  return faults.some(({ kind }) => kind === 'zeros')
    ? 'Digital silence: the microphone sends zeros.'
    : 'Peak of the louder channel, power of both.';
}

function makeScale(): HTMLElement {
  const marks = meterMarksDb.map((db) => {
    const mark = h('span', {}, formatFixed(db, 0));
    mark.style.setProperty('--at', String(meterPosition(db)));
    return mark;
  });
  return h('div', { class: 'scale num', 'aria-hidden': 'true' }, h('div', {}, ...marks));
}
