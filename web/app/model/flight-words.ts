import type { FlightStatus, Incident, IncidentReason } from '../../lib/index.ts';
import { formatBytes } from '../format.ts';

const reasons: Readonly<Record<IncidentReason, string>> = {
  'missed-quanta': 'Frames were missed',
  underrun: 'The output ran dry',
  trap: 'The engine trapped',
};

/** What the recorder holds, in a line. */
export function flightInWords({ recording, seconds, bytes }: FlightStatus): string {
  if (!recording) return 'Nothing is recorded: the browser gave no memory for it.';
  return `Holds the last ${Math.floor(seconds)} s, ${formatBytes(bytes)}.`;
}

/** An incident, in a line. */
export function incidentInWords({ reason, at, recording }: Incident): string {
  return `${reasons[reason]} at ${at.toLocaleTimeString()}, ${formatBytes(recording.size)}`;
}

/** A name for a recording's file that sorts by time: `quanta-2026-01-31T12-00-00.flight`. */
export function flightFileName(at: Date): string {
  return `quanta-${at.toISOString().slice(0, 19).replaceAll(':', '-')}.flight`;
}
