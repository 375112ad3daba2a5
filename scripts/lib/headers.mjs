// @ts-check
// The one source of the response headers. The dev server, the preview server and the hosting
// examples all send these.

import { CommandError } from './run.mjs';

/** @typedef {readonly (readonly [name: string, value: string])[]} Headers */

/**
 * The one setting of another origin that the page may broadcast to: `https://radio.example`. It is read
 * wherever the policy is: by the servers, the build, and what prints the hosting files.
 */
export const STREAM_ORIGIN = 'QUANTA_STREAM_ORIGIN';

/**
 * That origin, as the policy names it: for its status page, and for its socket.
 * @param {string | undefined} setting
 * @returns {readonly string[]}
 */
export function streamSources(setting) {
  if (setting === undefined || setting === '') return [];
  const url = URL.canParse(setting) ? new URL(setting) : null;
  const isSecure = url !== null && /^(https|wss):$/.test(url.protocol);
  const isPlain = url !== null && /^(http|ws):$/.test(url.protocol);
  if (url === null || !(isSecure || isPlain) || url.pathname !== '/' || url.username !== '') {
    throw new CommandError(
      `${STREAM_ORIGIN} takes an origin, as https://radio.example, with nothing behind it.`,
    );
  }
  const [page, socket] = isSecure ? ['https', 'wss'] : ['http', 'ws'];
  return [`${page}://${url.host}`, `${socket}://${url.host}`];
}

/** @type {Readonly<Record<string, string>>} */
const CONTENT_SECURITY = {
  'default-src': "'none'",
  // A compiled module counts as evaluated script.
  'script-src': "'self' 'wasm-unsafe-eval'",
  'worker-src': "'self'",
  // The page's own address is also that of its sockets.
  'connect-src': ["'self'", ...streamSources(process.env[STREAM_ORIGIN])].join(' '),
  'style-src': "'self'",
  'img-src': "'self'",
  // The player of a chosen file, and of a finished recording.
  'media-src': "'self' blob:",
  'font-src': "'self'",
  'manifest-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
  'require-trusted-types-for': "'script'",
  'trusted-types': 'app',
};

/** @param {Readonly<Record<string, string>>} directives */
const policyText = (directives) =>
  Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');

/**
 * What makes a page cross-origin isolated, and with that SharedArrayBuffer available.
 * Document-Isolation-Policy does the same for one frame; COOP and COEP are for browsers without it.
 * @type {Headers}
 */
export const ISOLATION_HEADERS = [
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Cross-Origin-Embedder-Policy', 'require-corp'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['Document-Isolation-Policy', 'isolate-and-credentialless'],
];

/**
 * @param {Readonly<Record<string, string>>} directives
 * @returns {Headers}
 */
const withPolicy = (directives) => [
  ...ISOLATION_HEADERS,
  ['Content-Security-Policy', policyText(directives)],
  ['Permissions-Policy', 'microphone=(self), display-capture=(self), camera=(), geolocation=()'],
  ['X-Content-Type-Options', 'nosniff'],
  ['Referrer-Policy', 'no-referrer'],
];

/** What every response of a built page carries. */
export const SECURITY_HEADERS = withPolicy(CONTENT_SECURITY);

/**
 * The same with another origin for broadcasts than the environment's.
 * @param {string | undefined} streamOrigin
 */
export const headersFor = (streamOrigin) =>
  withPolicy({
    ...CONTENT_SECURITY,
    'connect-src': ["'self'", ...streamSources(streamOrigin)].join(' '),
  });

/**
 * The same for the dev server, whose client puts imported styles into the page as elements: they
 * need a nonce. Its web socket is of the same origin and needs nothing.
 * @param {string} nonce
 * @returns {Headers}
 */
export const devHeaders = (nonce) =>
  withPolicy({ ...CONTENT_SECURITY, 'style-src': `'self' 'nonce-${nonce}'` });

/**
 * Only for hosts with TLS.
 * @type {Headers[number]}
 */
export const STRICT_TRANSPORT = [
  'Strict-Transport-Security',
  'max-age=63072000; includeSubDomains; preload',
];
