// How the tests start Chromium.
import type { LaunchOptions } from '@playwright/test';
import { systemChromium } from '../../scripts/lib/chromium.mjs';

/** What the browser's microphone is, and what its permission prompt answers. */
export interface Microphone {
  /** `none`: no input device at all. Default `fake`. */
  readonly device?: 'fake' | 'none';
  /** What the user "answers"; `ask`: what the test grants. Default `accept`. */
  readonly permission?: 'accept' | 'deny' | 'ask';
  /** Absolute path of a WAV that the fake microphone plays in a loop; default: a beep. */
  readonly wavFile?: string;
}

const QUIET = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const answers = {
  accept: ['--use-fake-ui-for-media-stream'],
  deny: ['--use-fake-ui-for-media-stream=deny'],
  ask: [],
} as const;

function microphoneArguments({ device, permission, wavFile }: Microphone): string[] {
  return [
    ...answers[permission ?? 'accept'],
    ...(device === 'none' ? [] : ['--use-fake-device-for-media-stream']),
    ...(wavFile === undefined ? [] : [`--use-file-for-fake-audio-capture=${wavFile}`]),
  ];
}

/**
 * Playwright's launch options: the system's Chromium where there is one, no traffic of its own, and
 * audio that starts without a gesture unless `autoplay` is false.
 */
export function chromiumOptions(microphone: Microphone = {}, autoplay = true): LaunchOptions {
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
