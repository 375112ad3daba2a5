/** What a session has measured, to be handed on: as data and as Markdown. */
import {
  type CaptureFault,
  type DeadlineReading,
  type EngineReport,
  type GlitchSnapshot,
  glitchKinds,
  type PipelineStatus,
  type Session,
  type TelemetrySnapshot,
} from '../../lib/index.ts';
import { formatCount, formatFixed, formatRate } from '../format.ts';
import { clockInWords, coverageInWords, dateMeanInWords, figureInWords } from './deadline-words.ts';
import { countInWords, glitchInWords, glitchTime, glitchTitles } from './glitch-words.ts';

/** Everything that the report tells. Device labels and file names are not in it. */
export interface Report {
  readonly schema: 'quanta-deadline-report/1';
  /** ISO 8601. */
  readonly at: string;
  /** The browser's own words for itself. */
  readonly browser: string;
  readonly page: {
    readonly isolated: boolean;
    readonly cores: number;
  };
  readonly audio: {
    readonly sampleRateHz: number;
    readonly quantumFrames: number;
    readonly engine: EngineReport['engine'];
    readonly reason: EngineReport['reason'];
  };
  readonly telemetry: TelemetrySnapshot;
  readonly deadline: DeadlineReading;
  readonly glitches: GlitchSnapshot;
  readonly faults: {
    readonly now: readonly CaptureFault[];
    readonly past: readonly CaptureFault[];
  };
  readonly listeners: readonly PipelineStatus[];
}

/** Looks at everything once. */
export function makeReport(session: Session): Report {
  const { sampleRate: sampleRateHz, quantumFrames, engine, watchdog, telemetry } = session;
  return {
    schema: 'quanta-deadline-report/1',
    at: new Date().toISOString(),
    browser: navigator.userAgent,
    page: { isolated: session.isolated, cores: navigator.hardwareConcurrency },
    audio: { sampleRateHz, quantumFrames, engine: engine.engine, reason: engine.reason },
    telemetry: telemetry.snapshot(),
    deadline: telemetry.deadline.read(),
    glitches: session.glitches.snapshot(),
    faults: { now: watchdog.faults, past: watchdog.past },
    listeners: telemetry.pipeline,
  };
}

/** The report as JSON. */
export function reportJson(report: Report): string {
  return JSON.stringify(report, finite, 2);
}

// JSON has no infinity: silence has no level.
function finite(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? null : value;
}

/** A row of a table: what it is, and what was found. */
export type ReportRow = readonly [name: string, value: string];

/** What the audio thread did. */
export function audioRows({ audio, telemetry, page }: Report): readonly ReportRow[] {
  const { quantaPerSec, expectedQuantaPerSec, missedFrames, frames } = telemetry;
  const rate = quantaPerSec === null ? 'not yet known' : formatRate(quantaPerSec);
  return [
    ['Audio', `${formatCount(audio.sampleRateHz)} Hz, ${audio.quantumFrames} frames a quantum`],
    ['Engine', audio.reason === null ? audio.engine : `${audio.engine}, ${audio.reason}`],
    ['Isolated', page.isolated ? 'yes' : 'no'],
    ['Quanta per second', `${rate}, expected ${formatRate(expectedQuantaPerSec)}`],
    ['Missed frames', `${formatCount(missedFrames)} of ${formatCount(frames + missedFrames)}`],
  ];
}

/** What the quanta cost. */
export function costRows({ deadline }: Report): readonly ReportRow[] {
  return [
    ['Budget', `${formatFixed(deadline.budgetUs, 1)} µs`],
    ['p50', figureInWords(deadline.p50)],
    ['p95', figureInWords(deadline.p95)],
    ['p99', figureInWords(deadline.p99)],
    ['p99.9', figureInWords(deadline.p999)],
    ['Largest', figureInWords(deadline.max)],
    ['Mean', figureInWords(deadline.mean)],
    ['Over budget', formatCount(deadline.overBudget)],
    ['Measured by', `${clockInWords(deadline.source)}; ${coverageInWords(deadline)}`],
    ['Beside it', dateMeanInWords(deadline)],
  ];
}

/** What went wrong, by kind. */
export function glitchRows({ glitches }: Report): readonly ReportRow[] {
  return glitchKinds.map((kind) => [
    glitchTitles[kind],
    glitches.unavailable[kind] ?? countInWords(glitches.counts[kind]),
  ]);
}

/** The newest glitches, newest first. */
export function newestRows({ glitches }: Report, most = 20): readonly ReportRow[] {
  return glitches.events
    .slice(-most)
    .toReversed()
    .map((glitch) => [glitchTime(glitch), glitchInWords(glitch)]);
}

/** The report as Markdown: for an issue, a mail, a chat. */
export function reportMarkdown(report: Report): string {
  const newest = newestRows(report);
  return [
    '# Quanta: what the audio thread did',
    `${report.at} · ${inline(report.browser)}`,
    table(['', ''], audioRows(report)),
    '## Cost of a quantum',
    table(['Figure', 'Found'], costRows(report)),
    '## Glitches',
    table(['Kind', 'Found'], glitchRows(report)),
    ...(newest.length === 0 ? [] : [table(['Audio clock', 'What happened'], newest)]),
    '',
  ].join('\n\n');
}

function table(heads: ReportRow, rows: readonly ReportRow[]): string {
  const line = (cells: ReportRow): string => `| ${cells.map(inline).join(' | ')} |`;
  return [line(heads), '| --- | --- |', ...rows.map(line)].join('\n');
}

// What others wrote must neither end a cell nor begin a tag.
function inline(text: string): string {
  return text.replace(/[\\`*_[\]<>|]/g, '\\$&').replace(/\s+/g, ' ');
}
