/** What a broadcast is told, checked. Of a password, no error says more than that it is wrong. */
import { checkRange, reject } from '../errors.ts';
import type { StreamFormat, StreamMetadata } from './stream-status.ts';

/** How to broadcast. */
export interface StreamOptions extends StreamMetadata {
  /**
   * The mount of a server that speaks `webcast`: a path of the page's own origin, as `/webcast/live`, or a
   * `ws:` or `wss:` address. Another origin has to be in the page's policy. No credentials in it.
   */
  readonly url: string;
  readonly user: string;
  /** Is held in memory until the broadcast ends, and goes to the server only. */
  readonly password: string;
  /** Default `opus`. */
  readonly format?: StreamFormat;
  /** Opus: 16 to 510, default 96. MP3: 64 to 320 in MP3's steps, default 192. */
  readonly bitrateKbps?: number;
  /** Sound that is sent at once, 20 to 60. Default 40. */
  readonly pageMs?: number;
  /** Sound that may wait in the socket before pages are dropped, 200 to 10000. Default 1000. */
  readonly maxQueueMs?: number;
  /** Icecast's status page (`status-json.xsl`), which says whether the mount is on air. Default none. */
  readonly statusUrl?: string;
  /**
   * The mount on that page that is there only while somebody is on air. Default: any whose name, without
   * its extension, is the last part of `url`.
   */
  readonly statusMount?: string;
  /** Ends the broadcast. */
  readonly signal?: AbortSignal;
}

/** The same for the Worker: whole, plain, and with full addresses. */
export interface StreamSettings {
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly format: StreamFormat;
  readonly bitrateKbps: number;
  readonly pageMs: number;
  readonly maxQueueMs: number;
  readonly statusUrl: string | null;
  readonly statusMount: string | null;
  readonly metadata: StreamMetadata;
}

const opusKbps = { least: 16, most: 510, usual: 96 } as const;
const mp3Kbps = { least: 64, most: 320, usual: 192 } as const;
const longestText = 500;

/** @param base Address of the page. @throws RangeError */
export function streamSettings(options: StreamOptions, base: string): StreamSettings {
  const { user, password, format = 'opus', pageMs = 40, maxQueueMs = 1000 } = options;
  if (format !== 'opus' && format !== 'mp3') reject('stream.format', 'opus or mp3', format);
  checkRange('stream.pageMs', pageMs, 20, 60, 'ms');
  checkRange('stream.maxQueueMs', maxQueueMs, 200, 10_000, 'ms');
  checkText('stream.user', user);
  if (typeof password !== 'string') reject('stream.password', 'a text', typeof password);
  return {
    url: socketUrl(options.url, base),
    user,
    password,
    format,
    bitrateKbps: checkedBitrate(format, options.bitrateKbps),
    pageMs,
    maxQueueMs,
    statusUrl: options.statusUrl === undefined ? null : pageUrl(options.statusUrl, base),
    statusMount: options.statusMount ?? null,
    metadata: checkedMetadata(options),
  };
}

/** Only what is there, and only text: a server ends the connection over anything else. @throws RangeError */
export function checkedMetadata({ title, artist }: StreamMetadata): StreamMetadata {
  if (title !== undefined) checkText('stream.title', title);
  if (artist !== undefined) checkText('stream.artist', artist);
  return { ...(title === undefined ? {} : { title }), ...(artist === undefined ? {} : { artist }) };
}

function checkText(path: string, text: unknown): void {
  if (typeof text !== 'string') reject(path, 'a text', typeof text);
  if (text.length > longestText) reject(path, `at most ${longestText} long`, text.length);
}

function checkedBitrate(format: StreamFormat, kbps: number | undefined): number {
  const { least, most, usual } = format === 'opus' ? opusKbps : mp3Kbps;
  if (kbps === undefined) return usual;
  checkRange('stream.bitrateKbps', kbps, least, most, 'kbit/s');
  if (format === 'mp3' && kbps % mp3Step(kbps) !== 0) {
    reject('stream.bitrateKbps', 'a bitrate of MP3, as 96, 160 or 192', kbps);
  }
  return kbps;
}

/** MPEG-1 layer III has four bitrates in each doubling. */
function mp3Step(kbps: number): number {
  return 2 ** Math.floor(Math.log2(kbps)) / 4;
}

/** @throws RangeError that does not repeat what may hold a password. */
function checkedUrl(path: string, text: string, base: string): URL {
  const url = URL.canParse(text, base) ? new URL(text, base) : reject(path, 'an address', 'none');
  if (url.username !== '' || url.password !== '') {
    reject(path, 'without a user and a password in it', 'one with them');
  }
  return url;
}

function socketUrl(text: string, base: string): string {
  const url = checkedUrl('stream.url', text, base);
  url.protocol = url.protocol.replace(/^http/, 'ws');
  if (!/^wss?:$/.test(url.protocol)) reject('stream.url', 'a ws: or wss: address', url.protocol);
  url.hash = '';
  return url.href;
}

function pageUrl(text: string, base: string): string {
  const url = checkedUrl('stream.statusUrl', text, base);
  if (!/^https?:$/.test(url.protocol))
    reject('stream.statusUrl', 'an http(s) address', url.protocol);
  return url.href;
}
