/** Glitches in words. */
import type { Glitch, GlitchCount, GlitchKind } from '../../lib/index.ts';
import { formatClock, formatCount, formatFixed } from '../format.ts';

/** What a lane is called. */
export const glitchTitles: Readonly<Record<GlitchKind, string>> = {
  'missed-quanta': 'Missed quanta',
  'over-budget': 'Over budget',
  underrun: 'Output underruns',
  'input-gap': 'Input gaps',
  'capture-loss': 'Capture losses',
  'capture-fault': 'Capture faults',
  'clock-step': 'Clock steps',
  'engine-change': 'Engine changes',
  'long-task': 'Main-thread tasks',
};

/** What happened. */
export function glitchInWords(glitch: Glitch): string {
  const ms = `${formatFixed(glitch.durationMs, 1)} ms`;
  switch (glitch.kind) {
    case 'missed-quanta':
      return `The audio clock passed ${formatCount(glitch.frames)} frames, ${ms}, without a call of the processor.`;
    case 'over-budget':
      return `${counted(glitch.quanta, 'measured quantum', 'measured quanta')} took longer than the budget.`;
    case 'underrun':
      return `The output ran dry ${counted(glitch.events, 'time', 'times')}: ${ms} of silence.`;
    case 'input-gap':
      return `Input ${glitch.input + 1} ${glitch.what === 'zeros' ? 'had nothing but zeros' : 'had no channel'} for ${formatCount(glitch.frames)} frames, ${ms}.`;
    case 'capture-loss':
      return `The browser dropped ${ms} that a device had delivered.`;
    case 'capture-fault':
      return `${glitch.input === null ? 'All inputs' : `Input ${glitch.input + 1}`}: ${glitch.fault}, for ${ms}.`;
    case 'clock-step':
      return `The browser’s audio clock ${glitch.stepMs > 0 ? 'fell behind' : 'jumped ahead'} by ${ms}.`;
    case 'engine-change':
      return `The engine was replaced: ${glitch.reason}.`;
    case 'long-task':
      return `The page’s main thread was busy for ${ms}${glitch.invoker === '' ? '' : `: ${glitch.invoker}`}.`;
  }
}

/** When it happened, on the audio clock, and how well that is known. */
export function glitchTime({ audioMs, earlierMs }: Glitch): string {
  const time = audioMs === null ? 'before the clock was known' : formatClock(audioMs / 1000);
  return earlierMs === 0 ? time : `${time}, or up to ${formatFixed(earlierMs, 0)} ms earlier`;
}

/** How many of a kind, and how long. */
export function countInWords({ events, durationMs }: GlitchCount): string {
  if (events === 0) return 'none';
  return durationMs === 0
    ? formatCount(events)
    : `${formatCount(events)} · ${formatMs(durationMs)}`;
}

function formatMs(ms: number): string {
  return ms >= 10_000 ? `${formatFixed(ms / 1000, 1)} s` : `${formatCount(Math.round(ms))} ms`;
}

function counted(count: number, one: string, more: string): string {
  return `${formatCount(count)} ${count === 1 ? one : more}`;
}
