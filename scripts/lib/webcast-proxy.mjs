// @ts-check
// The way from the page's own origin to the studio's server: everything below /webcast/.
import { CommandError } from './run.mjs';

/**
 * @typedef {object} RadioPorts
 * @property {number} studio where Liquidsoap takes the studio's stream
 * @property {number} master
 * @property {number} relay1
 * @property {number} relay2
 */

export const DEFAULT_RADIO_PORT = 18_000;

/**
 * Four ports in a row.
 * @param {number} first
 * @returns {RadioPorts}
 */
export const radioPorts = (first) => ({
  master: first,
  relay1: first + 1,
  relay2: first + 2,
  studio: first + 3,
});

/** The setting of another port than the usual one, for the page's own servers. */
export const RADIO_PORT = 'QUANTA_RADIO_PORT';

/** The ports that the page's own servers pass broadcasts on to. */
export function chosenRadioPorts() {
  const setting = process.env[RADIO_PORT];
  const port = Number(setting ?? DEFAULT_RADIO_PORT);
  if (Number.isInteger(port) && port > 0) return radioPorts(port);
  throw new CommandError(`${RADIO_PORT} takes the port of \`npm run radio\`, was ${setting}.`);
}

/** Where the status page of Icecast is seen. */
export const STATUS_PATH = '/webcast/status';

/**
 * For Vite's servers.
 * @param {{ studio: number, master: number }} ports
 * @returns {Record<string, import('vite').ProxyOptions>}
 */
export const webcastProxy = ({ studio, master }) => ({
  [`^${STATUS_PATH}$`]: {
    target: `http://127.0.0.1:${master}`,
    rewrite: () => '/status-json.xsl',
  },
  '^/webcast/': {
    target: `ws://127.0.0.1:${studio}`,
    ws: true,
    rewrite: (path) => path.replace(/^\/webcast/, ''),
  },
});
