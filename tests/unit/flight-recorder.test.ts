import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FlightRecorder, type Incident } from '../../web/lib/flight/flight-recorder.ts';
import { decodeFlight } from '../../web/shared/flight-file.ts';
import type { EngineReport } from '../../web/shared/messages.ts';
import { FieldSession } from '../support/flight.ts';

const trap: EngineReport = {
  status: 'fallback',
  engine: 'javascript',
  reason: 'trap',
  detail: '',
  telemetryOffset: 0,
};

/** A recorder with the figures that it looks at, which the test moves. */
async function record(segments = 4) {
  const field = await FieldSession.start('engine', segments);
  field.run(0.1);
  const figures = { missedFrames: 0, underruns: 0 };
  const ends = new AbortController();
  const recorder = new FlightRecorder(
    {
      buffer: field.engine.buffer,
      context: { sampleRate: 48_000 },
      scope: {
        firstFrame: 0,
        get frames() {
          return field.engine.telemetry.frameCount;
        },
        get missedFrames() {
          return figures.missedFrames;
        },
      },
      underruns: () => figures.underruns,
    },
    ends.signal,
  );
  const incidents: Incident[] = [];
  recorder.on('incident', (incident) => incidents.push(incident));
  return { field, figures, recorder, incidents, ends };
}

describe('the flight recorder of a page', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('saves what its status says', async () => {
    const { recorder } = await record();
    expect(recorder.status).toMatchObject({ recording: true, seconds: 38 * (128 / 48_000) });
    const saving = recorder.save('because');
    await vi.advanceTimersByTimeAsync(100);
    const { head, segments } = decodeFlight(new Uint8Array(await (await saving).arrayBuffer()));
    expect(head).toMatchObject({ reason: 'because', rateHz: 48_000, segments: 1 });
    expect(segments[0]!.log.byteLength).toBe(recorder.status.bytes);
  });

  test('keeps an incident for missed frames, for underruns and for a trap', async () => {
    const { recorder, figures, incidents } = await record();
    await vi.advanceTimersByTimeAsync(1000);
    expect(incidents).toEqual([]);
    figures.missedFrames = 480;
    await vi.advanceTimersByTimeAsync(1000);
    await vi.advanceTimersByTimeAsync(10_000);
    figures.underruns = 1;
    await vi.advanceTimersByTimeAsync(1000);
    recorder.noteEngine(trap);
    await vi.advanceTimersByTimeAsync(1000);
    expect(incidents.map(({ reason }) => reason)).toEqual(['missed-frames', 'underrun', 'trap']);
    expect(recorder.incidents).toEqual(incidents);
    const bytes = new Uint8Array(await incidents[2]!.recording.arrayBuffer());
    expect(decodeFlight(bytes).head.reason).toBe('trap');
  });

  test('takes what follows within ten seconds as the same incident, and keeps four', async () => {
    const { figures, incidents, recorder } = await record();
    for (let i = 0; i < 12; i += 1) {
      figures.underruns += 1;
      await vi.advanceTimersByTimeAsync(5100);
    }
    expect(incidents).toHaveLength(6);
    expect(recorder.incidents).toEqual(incidents.slice(-4));
  });

  test('looks at nothing any more when the session has ended', async () => {
    const { figures, incidents, ends } = await record();
    ends.abort();
    figures.missedFrames = 480;
    await vi.advanceTimersByTimeAsync(5000);
    expect(incidents).toEqual([]);
  });

  test('without memory says so, and refuses to save', async () => {
    const { recorder } = await record(0);
    expect(recorder.status).toEqual({ recording: false, seconds: 0, bytes: 0 });
    await expect(recorder.save()).rejects.toMatchObject({ code: 'not-recording' });
  });
});
