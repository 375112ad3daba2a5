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
import { Command } from '../support/commands.ts';
import { Harbor } from '../support/harbor.ts';
import { freeRow } from '../support/ports.ts';
import { fitSine } from '../support/sine-fit.ts';

const toneHz = 997;
const frameBytes = 1000;
/** 96 kbit/s, after what fills the radio's buffer. */
const bytesPerMs = 12;
const aheadBytes = 24_000;
/** What a listener has after some seconds. */
const enoughBytes = 60_000;

const folders = () => readdirSync(tmpdir()).filter((name) => name.startsWith('quanta-radio-'));

/** Sends a file as a studio does, as fast as it lasts. */
function studio(chain: RadioChain, file: Buffer): Promise<() => void> {
  const socket = new WebSocket(`ws://127.0.0.1:${chain.ports.studio}/live`, 'webcast');
  const { studio: password } = chain.passwords;
  const hello = { type: 'hello', data: { mime: 'audio/ogg', user: 'dj', password } };
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('open', () => {
      socket.send(JSON.stringify(hello));
      const startMs = performance.now();
      let at = 0;
      const timer = setInterval(() => {
        const due = aheadBytes + (performance.now() - startMs) * bytesPerMs;
        for (; at < due; at += frameBytes) socket.send(file.subarray(at, at + frameBytes));
      }, 20);
      resolve(() => {
        clearInterval(timer);
        socket.terminate();
      });
    });
  });
}

describe.skipIf(!radioIsThere)('a radio on this machine', () => {
  let chain: RadioChain;

  beforeAll(async () => {
    chain = await startRadio(4);
  });

  afterAll(() => chain.close());

  test('has its mount for listeners at the master and at both relays before anybody is on air', async () => {
    for (const name of ['master', 'relay1', 'relay2'] as const) {
      expect(await chain.mounts(name)).toEqual(['/radio.opus']);
    }
  });

  test('lets what a studio sends be heard at a relay', async () => {
    const stop = await studio(chain, toneInOgg(toneHz, 60));
    const isOnAir = async (): Promise<void> =>
      expect(await chain.mounts('relay2')).toContain('/live.opus');
    await vi.waitFor(isOnAir, { timeout: 20_000 });
    const listener = await RadioListener.tune(chain.urlOf('relay2', '/live.opus'));
    await vi.waitFor(() => expect(listener.bytes).toBeGreaterThan(enoughBytes), {
      timeout: 30_000,
      interval: 200,
    });
    const heard = await listener.stop();
    stop();
    const from = heard.findIndex((x) => Math.abs(x) > 0.05) + streamRateHz / 2;
    const { amplitude, residual } = fitSine(
      heard.subarray(from, from + streamRateHz / 2),
      toneHz,
      streamRateHz,
    );
    expect(residual / amplitude).toBeLessThan(0.05);
  });
});

describe.skipIf(!radioIsThere)('npm run radio', () => {
  test('says where it is and the password of this run, and leaves nothing behind', async () => {
    const before = folders();
    const port = await freeRow(4);
    const command = Command.npm(['run', 'radio', '--', '--port', `${port}`]);
    await command.prints(/Ctrl\+C/);
    expect(command.output).toMatch(/password +[\da-f]{24}\n/);
    expect(command.output).toContain(`http://127.0.0.1:${port + 1}/radio.opus`);
    expect(command.output).toContain(`QUANTA_RADIO_PORT=${port}`);
    const status = `http://127.0.0.1:${port}/status-json.xsl`;
    expect(await (await fetch(status)).text()).toContain('/radio.opus');
    expect(folders()).toHaveLength(before.length + 1);
    await command[Symbol.asyncDispose]();
    expect(folders()).toEqual(before);
    await expect(fetch(status)).rejects.toThrow('fetch failed');
  });

  test('says what to do when a port is taken', async () => {
    const port = await freeRow(4);
    await using taken = await Harbor.start({ port: port + 2 });
    await using command = Command.npm(['run', 'radio', '--', '--port', `${port}`]);
    expect(await command.exitCode()).toBe(1);
    expect(command.output).toContain(`Port ${taken.port} is taken`);
  });
});
