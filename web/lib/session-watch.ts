/** The part of the composition that watches a session: figures, glitches and the capture's watchdog. */
import type { PipelineStatus } from './bus/pipeline-status.ts';
import type { InputSource } from './capture/source-rack.ts';
import { FlightRecorder, type IncidentReason } from './flight/flight-recorder.ts';
import type { Glitch } from './glitches/glitch.ts';
import { Glitches } from './glitches/glitches.ts';
import type { ProcessorNode } from './host/processor-node.ts';
import type { Buses } from './host/start.ts';
import type { EngineReport } from '../shared/messages.ts';
import { deadlineClock } from '../shared/layout.gen.ts';
import { CaptureLoss } from './telemetry/capture-loss.ts';
import type { SessionClock } from './telemetry/clock-follower.ts';
import { DeadlineMeter } from './telemetry/deadline/deadline-meter.ts';
import type { EngineViews } from './telemetry/engine-views.ts';
import { readUnderruns } from './telemetry/playback-stats.ts';
import type { Scope } from './telemetry/scope.ts';
import { Telemetry } from './telemetry/telemetry.ts';
import type { CaptureFault } from './watchdog/fault.ts';
import { type Recoveries, Watchdog } from './watchdog/watchdog.ts';

/** What of a session is watched. */
export interface WatchedSession {
  readonly context: AudioContext;
  readonly scope: Scope;
  readonly scopeBuffer: ArrayBufferLike;
  readonly clock: SessionClock;
  readonly buses: Buses | null;
  readonly views: EngineViews;
  readonly processor: ProcessorNode;
  readonly sources: () => readonly (InputSource | null)[];
  readonly recoveries: Recoveries;
  readonly recovers: boolean;
  readonly ends: AbortSignal;
}

/** Who watches a session. */
export interface Watch {
  readonly telemetry: Telemetry;
  readonly glitches: Glitches;
  readonly watchdog: Watchdog;
  readonly flightRecorder: FlightRecorder;
}

/** Begins to watch. */
export function watchSession(session: WatchedSession): Watch {
  const { context, scope, sources, recoveries, recovers, ends } = session;
  const buffer = session.buses?.buffer ?? null;
  const flightRecorder = new FlightRecorder({ buffer, context, scope });
  const telemetry = makeTelemetry(session);
  const glitches = makeGlitches(session, telemetry);
  const watchdog = new Watchdog(
    {
      context,
      scope: session.scopeBuffer,
      clockFrame: () => scope.clockFrame,
      microphones: () => sources().flatMap(microphoneOf),
      recoveries,
    },
    recovers,
    ends,
  );
  watchdog.on('over', (fault) => addFault(glitches, fault, context.sampleRate));
  glitches.on('glitch', (glitch) => keepIncident(flightRecorder, glitch));
  return { telemetry, glitches, watchdog, flightRecorder };
}

function makeTelemetry(session: WatchedSession): Telemetry {
  const { context, scope, clock, buses, views, processor, sources, ends } = session;
  const captureLoss = new CaptureLoss(
    { context, frames: () => scope.frames, tracks: () => liveTracks(sources()) },
    ends,
  );
  const pipeline = (): PipelineStatus[] =>
    buses === null ? [] : [...buses.voice.listeners, ...buses.mix.listeners];
  return new Telemetry({
    ...{ context, scope, clock, captureLoss, pipeline },
    engine: () => views.telemetry,
    deadline: new DeadlineMeter(views, processor, clock, ends),
  });
}

function makeGlitches(session: WatchedSession, telemetry: Telemetry): Glitches {
  const { context, scope, scopeBuffer, clock, sources, ends } = session;
  return new Glitches(
    {
      ...{ context, clock, scope: scopeBuffer },
      missedFrames: () => scope.missedFrames,
      isLive: (input) => (sources()[input]?.track ?? null) !== null,
      underruns: () => readUnderruns(context),
      captureLossMs: () => telemetry.captureLossMs,
      clockSteps: () => clock.steps,
      overBudget: () => overBudgetOf(telemetry.deadline),
    },
    ends,
  );
}

function overBudgetOf(deadline: DeadlineMeter): { quanta: number; lastFrame: number } | null {
  const words = deadline.mark()?.words;
  const { none, date } = deadlineClock;
  if (words === undefined || words.clock === none || words.clock === date) return null;
  return { quanta: words.overBudget, lastFrame: words.lastOverFrame };
}

/** Puts a fault that is over among the glitches. */
function addFault(glitches: Glitches, fault: CaptureFault, rateHz: number): void {
  // Digital silence is calm: nothing need be wrong.
  if (fault.end === null || fault.tone === 'info') return;
  glitches.add({
    ...{ kind: 'capture-fault', fault: fault.kind, input: fault.input, earlierMs: 0 },
    audioMs: (fault.sinceFrame * 1000) / rateHz,
    pageMs: performance.now() - fault.end.gapMs,
    durationMs: fault.end.gapMs,
  });
}

/** Keeps a recording where sound was lost, or an engine. */
function keepIncident(flightRecorder: FlightRecorder, glitch: Glitch): void {
  const reason = incidentOf(glitch);
  if (reason !== null) flightRecorder.keep(reason);
}

function incidentOf(glitch: Glitch): IncidentReason | null {
  const { kind } = glitch;
  if (kind === 'missed-quanta' || kind === 'underrun') return kind;
  return kind === 'engine-change' && glitch.reason === 'trap' ? 'trap' : null;
}

/** Puts a change of the engine among the glitches; its start is none. */
export function addEngineChange(glitches: Glitches, { reason }: EngineReport): void {
  if (reason !== null) glitches.add({ kind: 'engine-change', reason, ...glitches.now() });
}

function liveTracks(sources: readonly (InputSource | null)[]): MediaStreamTrack[] {
  return sources.map((source) => source?.track ?? null).filter((track) => track !== null);
}

function microphoneOf(source: InputSource | null): { input: number; track: MediaStreamTrack }[] {
  if (source?.kind !== 'microphone' || source.track === null) return [];
  return [{ input: source.input, track: source.track }];
}
