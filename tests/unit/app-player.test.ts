import { expect, test } from 'vitest';
import { keyChoices } from '../../web/app/model/parameter-groups.ts';
import { fileWords, playerWords, playTime } from '../../web/app/model/player-words.ts';
import { PlayerError, type PlayerStatus, stripParameterInfo } from '../../web/lib/index.ts';

const status = (change: Partial<PlayerStatus>): PlayerStatus => ({
  ...{ state: 'playing', positionSec: 0, durationSec: 1, loop: false, underruns: 0, error: null },
  ...change,
});

test('a place in a file is read in whole seconds', () => {
  expect([0, 0.99, 59.999, 60, 3599, 3600, 36_061].map(playTime)).toEqual([
    ...['0:00', '0:00', '0:59', '1:00', '59:59', '1:00:00', '10:01:01'],
  ]);
});

test('a player says what it is at, or what went wrong and what to do', () => {
  expect(playerWords(status({}))).toBe('Playing');
  expect(playerWords(status({ state: 'ended' }))).toBe('At its end');
  const error = new PlayerError('worker-failed', 'It does not work.', 'Try again.');
  expect(playerWords(status({ state: 'failed', error }))).toBe('It does not work. Try again.');
});

test('a file is named by codec, rate and channels', () => {
  const file = { codec: 'flac', sampleRate: 44_100, channels: 1, durationSec: 3 };
  expect(fileWords(file)).toBe('flac, 44.1 kHz, mono');
  expect(fileWords({ ...file, channels: 2, sampleRate: 48_000 })).toBe('flac, 48 kHz, stereo');
});

test('an input is ducked by nobody or by any other input', () => {
  const choices = keyChoices(2, { info: stripParameterInfo.compressorKey });
  expect(choices).toHaveLength(8);
  expect(choices[0]).toEqual({ value: '8', label: 'None: its own level' });
  expect(choices.some(({ label }) => label === 'Input 3')).toBe(false);
  expect(choices.at(-1)).toEqual({ value: '7', label: 'Input 8' });
});
