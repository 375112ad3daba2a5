/** What is said of a broadcast, in words for a person. None of them holds a user's name or password. */
import { StreamError } from '../errors.ts';
import type { StreamCode, StreamFormat } from './stream-status.ts';

const again = 'It is tried again.';

/** @param address Of the server, as the settings name it. */
export function reasonOf(code: StreamCode, address: string): string {
  const server = placeOf(address);
  switch (code) {
    case 'opening':
      return `Connecting to ${server}.`;
    case 'unconfirmed':
      return (
        `${server} takes the stream, but its status page does not list the mount yet. ` +
        'If that stays so, the server does not play this format, or the status page is of another one.'
      );
    case 'confirmed':
      return 'On air: the server’s status page lists the mount.';
    case 'assumed':
      return 'On air, as far as can be seen: the server takes the stream, and its status page was not asked or does not answer.';
    case 'unreachable':
      return (
        `${server} cannot be reached: it is off, or the way there is not set up. Check the address, and ` +
        `that the page’s server passes it on. ${again}`
      );
    case 'mount-taken':
      return (
        'The mount is in use: somebody else is on air there, or the server has not yet given up an ' +
        `earlier connection, which takes it some seconds. ${again}`
      );
    case 'closed-early':
      return (
        'The server ended the connection without a reason: the mount is in use, or it does not take this ' +
        `format. ${again}`
      );
    case 'connection-lost':
      return `The connection was lost. What could not be sent meanwhile is counted as dropped. ${again}`;
    case 'wrong-password':
      return 'The server does not take this user and password. Enter them anew and start again.';
    case 'unknown-mount':
      return `The server has no mount ${pathOf(address)}. Check the address and start again.`;
    case 'not-webcast':
      return `${server} is no server for broadcasts: it does not speak “webcast”. Check the address.`;
    case 'refused':
      return `${server} did not understand the stream’s greeting. Check the address and the server.`;
    case 'blocked':
      return (
        `The page’s own policy (Content-Security-Policy, connect-src) does not let it connect to ` +
        `${server}. Whoever runs the page sets QUANTA_STREAM_ORIGIN to ${originOf(address)} and builds ` +
        'it again, or passes the server on at an address of the page’s own origin.'
      );
    case 'stopped':
      return 'The broadcast was stopped.';
    case 'session-closed':
      return 'The audio session was closed, and the broadcast with it.';
    case 'encoder-failed':
      return 'The encoder failed. Start again, or choose the other format.';
    case 'worker-failed':
      return 'The broadcast’s Worker was lost. Start again.';
  }
}

const placeOf = (address: string): string => new URL(address).host;
const pathOf = (address: string): string => new URL(address).pathname;
const originOf = (address: string): string => new URL(address).origin;

/** @param detail What stands in the way. */
export function formatUnsupported(format: StreamFormat, detail: string): StreamError {
  const other = format === 'opus' ? 'MP3' : 'Opus';
  return new StreamError(
    'codec-unsupported',
    `This browser cannot encode the broadcast: ${detail}.`,
    `Choose ${other}, or another browser.`,
  );
}

export function workerFailed(detail: string): StreamError {
  return new StreamError(
    'worker-failed',
    `The broadcast’s Worker did not start: ${detail}.`,
    'Load the page again; if it stays so, its server does not send all of its files.',
  );
}

export function streamEnded(): StreamError {
  return new StreamError('closed', 'The broadcast has ended.', 'Start another one.');
}
