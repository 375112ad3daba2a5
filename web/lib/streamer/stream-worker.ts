/** The Worker of a broadcast: takes the mix from the ring, encodes it and sends it. */
import { FrameListener } from '../bus/frame-listener.ts';
import { Broadcast } from './broadcast.ts';
import { usualTimes } from './link.ts';
import type { StreamOrder, StreamReport } from './messages.ts';
import { OpusEncoder } from './opus-encoder.ts';
import type { EncoderOpener } from './stream-encoder.ts';
import type { StreamFormat } from './stream-status.ts';

type StartOrder = Extract<StreamOrder, { kind: 'start' }>;

let broadcast: Broadcast | null = null;
let isBlocked = false;

addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
  if (effectiveDirective === 'connect-src') isBlocked = true;
});

addEventListener('message', ({ data }: MessageEvent<StreamOrder>) => {
  switch (data.kind) {
    case 'start':
      void start(data);
      return;
    case 'metadata':
      broadcast?.setMetadata(data.metadata);
      return;
    case 'stop':
      broadcast?.stop();
  }
});

async function start({ settings, listener: data, rateHz }: StartOrder): Promise<void> {
  const listener = FrameListener.attach(data);
  try {
    const openEncoder = await openerOf(settings.format);
    const mime = await tried(openEncoder, { ...settings, rateHz });
    const tell = (status: Broadcast['status']): void => report({ kind: 'status', status });
    const open = (url: string, protocol: string): WebSocket => new WebSocket(url, protocol);
    const chance = (): number => Math.random();
    const link = { open, isBlocked: () => isBlocked, chance, times: usualTimes };
    broadcast = new Broadcast({ settings, listener, rateHz, mime, openEncoder, link, tell });
    report({ kind: 'ready' });
    await broadcast.run();
    report({ kind: 'ended' });
  } catch (error) {
    report({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
  } finally {
    listener.close();
  }
}

async function openerOf(format: StreamFormat): Promise<EncoderOpener> {
  if (format === 'opus') return (plan) => OpusEncoder.open(plan);
  const { loadMp3 } = await import('./mp3-encoder.ts');
  return loadMp3();
}

/** Whether an encoder can be made at all, before anybody is connected; and what it makes. */
async function tried(
  open: EncoderOpener,
  settings: { readonly rateHz: number; readonly bitrateKbps: number; readonly pageMs: number },
): Promise<string> {
  const { rateHz, bitrateKbps, pageMs } = settings;
  let failure: unknown;
  const onFailure = (error: unknown): void => {
    failure = error;
  };
  const encoder = await open({ rateHz, bitrateKbps, pageMs, onPage: () => undefined, onFailure });
  encoder.encode([new Float32Array(rateHz), new Float32Array(rateHz)]);
  await encoder.finish();
  if (failure !== undefined) throw failure as Error;
  return encoder.mime;
}

function report(message: StreamReport): void {
  postMessage(message);
}
