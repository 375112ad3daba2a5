/** What this browser can encode. */
import { opusConfig } from './opus-config.ts';
import type { StreamFormat } from './stream-status.ts';

/** A format, and whether it can be had. */
export interface StreamFormatSupport {
  readonly format: StreamFormat;
  readonly isSupported: boolean;
  /** Why not; null where it can. */
  readonly reason: string | null;
}

const usualKbps = 96;
const usualPageMs = 40;
/** LAME takes what it can turn into a rate of MPEG-1. */
const leastMp3Hz = 32_000;

/** @param rateHz Of the mix. */
export async function formatSupport(rateHz: number): Promise<readonly StreamFormatSupport[]> {
  const reasons = { opus: await opusObstacle(rateHz), mp3: mp3Obstacle(rateHz) };
  return (['opus', 'mp3'] as const).map((format) => {
    const reason = reasons[format];
    return { format, isSupported: reason === null, reason };
  });
}

async function opusObstacle(rateHz: number): Promise<string | null> {
  if (typeof AudioEncoder === 'undefined') return 'it has no WebCodecs encoder of sound';
  const { supported } = await AudioEncoder.isConfigSupported(
    opusConfig(rateHz, usualKbps, usualPageMs),
  );
  return supported === true ? null : `it does not encode Opus at ${rateHz} Hz`;
}

function mp3Obstacle(rateHz: number): string | null {
  if (rateHz >= leastMp3Hz) return null;
  return `MP3 needs a session of ${leastMp3Hz} Hz or more, this one has ${rateHz} Hz`;
}
