// @ts-check
// Puts headers on every response of Vite's servers, errors included.
import { randomUUID } from 'node:crypto';
import { SECURITY_HEADERS, devHeaders } from './headers.mjs';
import { headersFile } from './hosting.mjs';

/**
 * @param {import('./headers.mjs').Headers} headers
 * @returns {import('vite').Connect.NextHandleFunction}
 */
const sending = (headers) => (_request, response, next) => {
  for (const [name, value] of headers) response.setHeader(name, value);
  next();
};

/**
 * The security headers, on the dev server, on the preview of the built page, and in the build for hosts
 * that read them from a file: those of now, where the one in public/ has the usual ones.
 * @returns {import('vite').Plugin}
 */
export function securityHeaders() {
  const nonce = randomUUID();
  return {
    name: 'security-headers',
    config: (_config, { command, isPreview }) =>
      command === 'serve' && isPreview !== true ? { html: { cspNonce: nonce } } : {},
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: '_headers', source: headersFile() });
    },
    configureServer: (server) => void server.middlewares.use(sending(devHeaders(nonce))),
    configurePreviewServer: (server) => void server.middlewares.use(sending(SECURITY_HEADERS)),
  };
}
