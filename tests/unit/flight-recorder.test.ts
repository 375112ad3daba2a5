import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FlightRecorder, type Incident } from '../../web/lib/flight/flight-recorder.ts';
import { decodeFlight } from '../../web/shared/flight-file.ts';
import { FieldSession } from '../support/flight.ts';

/** A recorder of some moments of sound. */
async function record(segments = 4) {
  const field = await FieldSession.start('engine', segments);
  field.run(0.1);
  const recorder = new FlightRecorder({
    buffer: field.engine.buffer,
    context: { sampleRate: 48_000 },
    scope: {
      get clockFrame() {
        return field.engine.telemetry.frameCount;
      },
    },
  });
  const incidents: Incident[] = [];
  recorder.on('incident', (incident) => incidents.push(incident));
  return { field, recorder, incidents };
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

  test('keeps an incident for missed quanta, for underruns and, in any case, for a trap', async () => {
    const { recorder, incidents } = await record();
    recorder.keep('missed-quanta');
    await vi.advanceTimersByTimeAsync(11_000);
    recorder.keep('underrun');
    await vi.advanceTimersByTimeAsync(1000);
    recorder.keep('trap');
    await vi.advanceTimersByTimeAsync(1000);
    expect(incidents.map(({ reason }) => reason)).toEqual(['missed-quanta', 'underrun', 'trap']);
    expect(recorder.incidents).toEqual(incidents);
    const bytes = new Uint8Array(await incidents[2]!.recording.arrayBuffer());
    expect(decodeFlight(bytes).head.reason).toBe('trap');
  });

  test('takes what follows within ten seconds as the same incident, and keeps four', async () => {
    const { incidents, recorder } = await record();
    for (let i = 0; i < 12; i += 1) {
      recorder.keep('underrun');
      await vi.advanceTimersByTimeAsync(5100);
    }
    expect(incidents).toHaveLength(6);
    expect(recorder.incidents).toEqual(incidents.slice(-4));
  });

  test('without memory says so, and refuses to save', async () => {
    const { recorder } = await record(0);
    expect(recorder.status).toEqual({ recording: false, seconds: 0, bytes: 0 });
    await expect(recorder.save()).rejects.toMatchObject({ code: 'not-recording' });
  });
});
