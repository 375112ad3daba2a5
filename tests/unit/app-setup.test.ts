import { describe, expect, test } from 'vitest';
import {
  captureSource,
  defaultSetup,
  sessionOptions,
  type Setup,
} from '../../web/app/model/setup.ts';
import { setupFromQuery, setupToQuery } from '../../web/app/model/setup-query.ts';

const fromQuery = (text: string): Setup => setupFromQuery(new URLSearchParams(text));

describe('a link', () => {
  test('without a query gives the defaults, and the defaults need no query', () => {
    expect(fromQuery('')).toEqual(defaultSetup);
    expect(setupToQuery(defaultSetup).toString()).toBe('');
  });

  test('brings a whole set-up over', () => {
    const setup: Setup = {
      ...defaultSetup,
      source: 'oscillator',
      frequencyHz: 997.5,
      waveform: 'square',
      levelDb: -20,
      sweep: true,
      sweepToHz: 8000,
      sweepSec: 0.5,
      echoCancellation: true,
      noiseSuppression: true,
      autoGainControl: true,
      loop: false,
      sampleRateHz: 96_000,
      quantumFrames: 480,
      latencyHint: 'playback',
      analysisInput: '3',
      analysisWindow: 'short',
      frequencyScale: 'linear',
      spectrumRangeDb: 90,
      peakHold: true,
      aWeighted: true,
      referenceHz: 415.5,
      temperament: 'vallotti',
      temperamentRoot: 7,
      stretched: true,
    };
    expect(setupFromQuery(setupToQuery(setup))).toEqual(setup);
  });

  test.each([
    'frequency=loud',
    'frequency=',
    'frequency=-5',
    'frequency=1e9',
    'frequency=NaN',
    'quantum=0',
    'quantum=127.5',
    'rate=44100.5',
    'level=12',
    'waveform=noise',
    'source=camera',
    'source=microphone:abc',
    'sweep=yes',
    'latency=none',
    'reference=400',
    'temperament=blue',
    'root=12',
    'range=100',
    'analyse=8',
    'window=medium',
    'axis=cubic',
  ])('with nonsense like %s is as good as without', (text) => {
    expect(fromQuery(text)).toEqual(defaultSetup);
  });

  test('takes no device of another machine along, and never opens the loudspeaker', () => {
    const query = setupToQuery({ ...defaultSetup, source: 'microphone:secret', monitor: true });
    expect(query.toString()).not.toContain('secret');
    expect(setupFromQuery(query).monitor).toBe(false);
    expect(fromQuery('monitor=true').monitor).toBe(false);
  });
});

describe('the source to open', () => {
  test('is the default microphone, untouched by the browser, at first', () => {
    expect(captureSource(defaultSetup, null)).toEqual({
      kind: 'microphone',
      echoCancellation: false,
      noiseSuppression: false,
      autoGainControl: false,
    });
  });

  test('is the microphone that was chosen', () => {
    const setup: Setup = { ...defaultSetup, source: 'microphone:a:b', autoGainControl: true };
    expect(captureSource(setup, null)).toMatchObject({ deviceId: 'a:b', autoGainControl: true });
  });

  test('waits for a file', () => {
    const setup: Setup = { ...defaultSetup, source: 'file', loop: false };
    const file = new File(['x'], 'x.wav');
    expect(captureSource(setup, null)).toBeNull();
    expect(captureSource(setup, file)).toEqual({ kind: 'file', file, loop: false });
  });

  test('sweeps only when it should', () => {
    const setup: Setup = { ...defaultSetup, source: 'oscillator' };
    expect(captureSource(setup, null)).not.toHaveProperty('sweep');
    expect(captureSource({ ...setup, sweep: true }, null)).toMatchObject({
      sweep: { toHz: defaultSetup.sweepToHz, seconds: defaultSetup.sweepSec },
    });
  });
});

test('the device decides on the sample rate unless the person does', () => {
  expect(sessionOptions(defaultSetup)).not.toHaveProperty('sampleRate');
  expect(sessionOptions({ ...defaultSetup, sampleRateHz: 8000 })).toMatchObject({
    sampleRate: 8000,
  });
});
