import { afterEach, expect, test } from 'vitest';
import { Session } from '../../web/lib/index.ts';

let session: Session | undefined;

afterEach(() => session?.close());

async function startTone(): Promise<Session> {
  session = await Session.create({
    sampleRate: 48000,
    assets: { engine: '/engine.wasm', engineUnshared: '/engine-unshared.wasm' },
  });
  await session.capture({ kind: 'oscillator', frequencyHz: 1000, levelDb: -6 });
  return session;
}

const chunkMs = 32;

/** Waits for some time on the audio clock, by the chunks of the bus. */
async function untilAudio({ bus }: Session, seconds: number): Promise<void> {
  using listener = bus.listen();
  for (let ms = 0; ms < seconds * 1000; ms += chunkMs) await listener.recv();
}

test('a gain is applied at its frame and answered', async () => {
  const { mixer, scope, telemetry } = await startTone();
  const atFrame = scope.firstFrame + scope.frames + 24_000;
  const { appliedAtFrame } = await mixer.send(
    { kind: 'set', input: 0, parameter: 'gainDb', value: -20 },
    atFrame,
  );
  expect(appliedAtFrame).toBe(atFrame);
  expect(mixer.parameter(0, 'gainDb')).toBe(-20);
  await untilAudio(session!, 3);
  expect(telemetry.snapshot().level!.rmsDb).toBeCloseTo(-6 - 3.01 - 20, 0);
});

test('a mute silences the mix, and unmuting brings it back', async () => {
  const { mixer, telemetry } = await startTone();
  await mixer.send({ kind: 'set', input: 0, parameter: 'mute', value: 1 });
  await untilAudio(session!, 1);
  expect(telemetry.engine!.quantumPeakLeft).toBe(0);
  await mixer.send({ kind: 'set', input: 0, parameter: 'mute', value: 0 });
  await untilAudio(session!, 0.5);
  expect(telemetry.engine!.quantumPeakLeft).toBeCloseTo(0.5, 1);
});

test('two inputs add up', async () => {
  const running = await startTone();
  await running.capture({ kind: 'oscillator', frequencyHz: 3000, levelDb: -20 }, { input: 3 });
  await untilAudio(running, 3);
  const power = 10 ** -0.6 / 2 + 10 ** -2 / 2;
  expect(running.telemetry.snapshot().level!.rmsDb).toBeCloseTo(10 * Math.log10(power), 0);
  expect(running.mixer.meters(3).peakLeft).toBeCloseTo(0.1, 2);
  expect(running.mixer.meters(0).peakLeft).toBeCloseTo(0.5, 1);
});

test('a wrong command is refused before it is sent', async () => {
  const { mixer } = await startTone();
  const wrong = mixer.send({ kind: 'set', input: 0, parameter: 'gainDb', value: 25 });
  await expect(wrong).rejects.toThrow('mixer.gainDb must be from -100 to 24 dB, was 25.');
  const nowhere = mixer.send({ kind: 'stop-input', input: 8 });
  await expect(nowhere).rejects.toThrow('mixer.input must be a whole number from 0 to 7, was 8.');
  expect(mixer.pending).toBe(0);
});

test('a session that closes answers who waits', async () => {
  const { mixer, scope } = await startTone();
  const never = mixer.send({ kind: 'reset-meters' }, scope.frames + 1e9);
  const [told] = await Promise.allSettled([never, session!.close()]);
  expect(told).toMatchObject({ status: 'rejected', reason: { code: 'closed' } });
});
