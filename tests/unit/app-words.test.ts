import { describe, expect, test } from 'vitest';
import { engineNotice, isolationNotice } from '../../web/app/model/engine-notice.ts';
import { failureOf } from '../../web/app/model/failure.ts';
import { levelInWords } from '../../web/app/model/level-words.ts';
import { pace } from '../../web/app/model/pace.ts';
import { defaultSetup } from '../../web/app/model/setup.ts';
import { startPlan } from '../../web/app/model/start-plan.ts';
import { trackInWords } from '../../web/app/model/track-words.ts';
import {
  CaptureError,
  type CaptureErrorCode,
  type EngineReport,
  type FallbackReason,
  SessionError,
} from '../../web/lib/index.ts';

const captureCodes: Readonly<Record<CaptureErrorCode, string>> = {
  'permission-denied': 'retry',
  'no-device': 'use-oscillator',
  'device-busy': 'retry',
  'device-lost': 'retry',
  constraint: 'use-default-microphone',
  'rate-mismatch': 'use-device-rate',
  'no-audio': 'retry',
  'file-unreadable': 'choose-file',
  'file-too-long': 'choose-file',
  unsupported: 'use-oscillator',
};

describe('a failure', () => {
  test.each(Object.entries(captureCodes))('%s has the button that helps: %s', (code, action) => {
    const error = new CaptureError(code as CaptureErrorCode, 'What happened.', 'What to do.');
    expect(failureOf(error, 'microphone')).toMatchObject({
      code,
      action,
      title: 'What happened.',
      remedy: 'What to do.',
    });
  });

  test('of a share is mended by sharing again', () => {
    const error = new CaptureError('permission-denied', 'a', 'b');
    expect(failureOf(error, 'display')).toMatchObject({ actionLabel: 'Share again' });
  });

  test('of the audio clock is mended by resuming', () => {
    const error = new SessionError('resume-timeout', 'a', 'b');
    expect(failureOf(error, 'oscillator').action).toBe('resume');
  });

  test('tells the browser’s own words', () => {
    const cause = new DOMException('Permission denied', 'NotAllowedError');
    const error = new CaptureError('permission-denied', 'a', 'b', cause);
    expect(failureOf(error, 'microphone').detail).toBe('NotAllowedError: Permission denied');
  });

  test('that nobody knows says so and keeps its words', () => {
    const failure = failureOf(new TypeError('x is not a function'), 'file');
    expect(failure).toMatchObject({ code: 'unexpected', detail: 'TypeError: x is not a function' });
  });
});

describe('the engine', () => {
  const active: EngineReport = {
    status: 'active',
    engine: 'wasm',
    reason: null,
    detail: '',
    telemetryOffset: 0,
  };
  const reasons: FallbackReason[] = [
    'bytes-missing',
    'bytes-corrupt',
    'blocked-by-policy',
    'abi-mismatch',
    'out-of-memory',
    'unsupported',
    'trap',
  ];

  test('is not mentioned while it runs as it should', () => {
    expect(engineNotice(null)).toBeNull();
    expect(engineNotice(active)).toBeNull();
  });

  test.each(reasons)('that falls back for %s says why, and that everything goes on', (reason) => {
    const notice = engineNotice({ ...active, status: 'fallback', engine: 'javascript', reason });
    expect(notice).toMatchObject({ code: `wasm-${reason}`, tone: 'warn' });
    expect(notice?.meaning).toContain('runs as JavaScript');
  });

  test('that does not run in any form says what is not measured', () => {
    const report: EngineReport = { ...active, status: 'fallback', engine: 'none', reason: 'trap' };
    expect(engineNotice(report)).toMatchObject({ tone: 'bad' });
    expect(engineNotice(report)?.meaning).toContain('the level is not measured');
  });
});

test('a page without isolation is told how to get it, by its own case', () => {
  expect(isolationNotice({ isolated: true, secure: true })).toBeNull();
  const headers = isolationNotice({ isolated: false, secure: true });
  expect(headers?.remedy).toContain('Cross-Origin-Embedder-Policy: require-corp');
  expect(isolationNotice({ isolated: false, secure: false })?.remedy).toContain('https');
});

test('the pace is told in a word', () => {
  expect(pace(null, 375).text).toBe('measuring');
  expect(pace(375, 375)).toEqual({ text: 'on time', tone: 'good' });
  expect(pace(371.3, 375).text).toBe('on time');
  expect(pace(371.2, 375)).toEqual({ text: 'too few', tone: 'warn' });
  expect(pace(380, 375).text).toBe('too many');
  expect(pace(0, 375)).toEqual({ text: 'stands still', tone: 'bad' });
});

test('a level is a sentence', () => {
  expect(levelInWords({ peakDb: -8.71, rmsDb: -Infinity })).toBe('Peak −8.7 dBFS, RMS −∞ dBFS.');
  expect(levelInWords(null)).toContain('not measured');
});

test('the plan names the file, and tells what will be heard', () => {
  const file = new File(['x'], 'speech.wav');
  const plan = startPlan({ ...defaultSetup, source: 'file' }, file);
  expect(plan.steps[0]).toContain('“speech.wav”');
  expect(plan.steps.at(-1)).toContain('You hear nothing');
  expect(startPlan({ ...defaultSetup, monitor: true }, null).steps.at(-1)).toContain('speakers');
});

test('a track is a line, with what the browser does to it', () => {
  expect(trackInWords({ sampleRate: 44_100, channelCount: 1 })).toBe(
    '44\u00a0100 Hz · 1 channel · no processing by the browser',
  );
  expect(trackInWords({ echoCancellation: true, autoGainControl: true })).toBe(
    'echo cancellation, automatic gain',
  );
});
