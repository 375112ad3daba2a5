import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { RadioChain } from '../../scripts/radio/radio-chain.mjs';
import {
  radioIsThere,
  RadioListener,
  startRadio,
  streamRateHz,
  toneInOgg,
} from '../support/radio.ts';
import { fitSine } from '../support/sine-fit.ts';

const toneHz = 997;
const frameBytes = 4096;

const folders = () => readdirSync(tmpdir()).filter((name) => name.startsWith('quanta-radio-'));

/** Sends a file as a studio does. */
function studio(chain: RadioChain, file: Buffer): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${chain.ports.studio}/live`, 'webcast');
  const { studio: password } = chain.passwords;
  const hello = { type: 'hello', data: { mime: 'audio/ogg', user: 'dj', password } };
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('open', () => {
      socket.send(JSON.stringify(hello));
      for (let at = 0; at < file.length; at += frameBytes) {
        socket.send(file.subarray(at, at + frameBytes));
      }
      resolve(socket);
    });
  });
}

describe.skipIf(!radioIsThere)('a radio on this machine', () => {
  let chain: RadioChain;

  beforeAll(async () => {
    chain = await startRadio();
  });

  afterAll(() => chain.close());

  test('has its mount for listeners at the master and at both relays before anybody is on air', async () => {
    for (const name of ['master', 'relay1', 'relay2'] as const) {
      expect(await chain.mounts(name)).toEqual(['/radio.opus']);
    }
  });

  test('lets what a studio sends be heard at a relay', async () => {
    const listener = await RadioListener.tune(chain.urlOf('relay2', '/radio.opus'));
    const socket = await studio(chain, toneInOgg(toneHz, 6));
    await vi.waitFor(async () => expect(await chain.mounts('master')).toContain('/live.opus'), {
      timeout: 20_000,
    });
    const loudest = () => listener.heard().reduce((peak, x) => Math.max(peak, Math.abs(x)), 0);
    await vi.waitFor(() => expect(loudest()).toBeGreaterThan(0.05), {
      timeout: 20_000,
      interval: 500,
    });
    await vi.waitFor(() => expect(listener.heard().length).toBeGreaterThan(3 * streamRateHz), {
      timeout: 20_000,
      interval: 500,
    });
    const heard = await listener.stop();
    socket.terminate();
    const from = heard.findIndex((x) => Math.abs(x) > 0.05) + streamRateHz / 2;
    const { amplitude, residual } = fitSine(
      heard.subarray(from, from + streamRateHz / 2),
      toneHz,
      streamRateHz,
    );
    expect(residual / amplitude).toBeLessThan(0.05);
  });
});

test.skipIf(!radioIsThere)(
  'a radio that is closed leaves neither files nor open ports',
  async () => {
    const before = folders();
    const chain = await startRadio();
    expect(folders()).toHaveLength(before.length + 1);
    await chain.close();
    expect(folders()).toEqual(before);
    expect(await chain.mounts('master')).toBeNull();
  },
);
