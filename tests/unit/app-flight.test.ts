import { expect, test } from 'vitest';
import {
  flightFileName,
  flightInWords,
  incidentInWords,
} from '../../web/app/model/flight-words.ts';

test('the recorder is told in seconds and bytes, or why there is none', () => {
  const bytes = 5.8 * 1024 ** 2;
  expect(flightInWords({ recording: true, seconds: 28.9, bytes })).toBe(
    'Holds the last 28 s, 5.8 MiB.',
  );
  expect(flightInWords({ recording: false, seconds: 0, bytes: 0 })).toContain('no memory');
});

test('an incident has its reason, its time and its size', () => {
  const at = new Date('2026-01-31T12:00:00Z');
  const recording = new Blob([new Uint8Array(2048)]);
  const words = incidentInWords({ reason: 'trap', at, recording });
  expect(words).toBe(`The engine trapped at ${at.toLocaleTimeString()}, 2.0 KiB`);
  expect(flightFileName(at)).toBe('quanta-2026-01-31T12-00-00.flight');
});
