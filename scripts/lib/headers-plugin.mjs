// @ts-check
// Puts headers on every response of Vite's servers, errors included.
import { randomUUID } from 'node:crypto';
import { SECURITY_HEADERS, devHeaders } from './headers.mjs';

/**
 * @param {import('./headers.mjs').Headers} headers
 * @returns {import('vite').Connect.NextHandleFunction}
 */
const sending = (headers) => (_request, response, next) => {
  for (const [name, value] of headers) response.setHeader(name, value);
  next();
};

/**
 * The security headers, on the dev server and on the preview of the built page.
 * @returns {import('vite').Plugin}
 */
export function securityHeaders() {
  const nonce = randomUUID();
  return {
    name: 'security-headers',
    config: (_config, { command, isPreview }) =>
      command === 'serve' && isPreview !== true ? { html: { cspNonce: nonce } } : {},
    configureServer: (server) => void server.middlewares.use(sending(devHeaders(nonce))),
    configurePreviewServer: (server) => void server.middlewares.use(sending(SECURITY_HEADERS)),
  };
}
