// @ts-check
// How the tests and the long measurements start Chromium.
import { systemChromium } from './chromium.mjs';

/**
 * What the browser's microphone is, and what its permission prompt answers.
 * @typedef {object} Microphone
 * @property {'fake' | 'none'} [device] `none`: no input device at all. Default `fake`.
 * @property {'accept' | 'deny' | 'ask'} [permission] What the user "answers"; `ask`: what the test
 *   grants. Default `accept`.
 * @property {string} [wavFile] Absolute path of a WAV that the fake microphone plays in a loop;
 *   default: a beep.
 */

const QUIET = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const ANSWERS = {
  accept: ['--use-fake-ui-for-media-stream'],
  deny: ['--use-fake-ui-for-media-stream=deny'],
  ask: [],
};

/** @param {Microphone} microphone */
function microphoneArguments({ device, permission, wavFile }) {
  return [
    ...ANSWERS[permission ?? 'accept'],
    ...(device === 'none' ? [] : ['--use-fake-device-for-media-stream']),
    ...(wavFile === undefined ? [] : [`--use-file-for-fake-audio-capture=${wavFile}`]),
  ];
}

/**
 * Playwright's launch options: the system's Chromium where there is one, no traffic of its own, and
 * audio that starts without a gesture unless `autoplay` is false.
 * @param {Microphone} [microphone]
 * @param {boolean} [autoplay]
 * @returns {import('@playwright/test').LaunchOptions}
 */
export function chromiumOptions(microphone = {}, autoplay = true) {
  const executablePath = systemChromium();
  const isRoot = process.getuid?.() === 0;
  return {
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [
      ...QUIET,
      // Chromium's sandbox refuses to start for root, which containers run as.
      ...(isRoot ? ['--no-sandbox'] : []),
      ...(autoplay ? ['--autoplay-policy=no-user-gesture-required'] : []),
      ...microphoneArguments(microphone),
    ],
  };
}
