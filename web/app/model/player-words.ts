/** A file player in words. */
import type { FileFacts, PlayerStatus } from '../../lib/index.ts';

const secPerMinute = 60;
const minutesPerHour = 60;

/** `3:05`, `1:02:03`: whole seconds, rounded down. */
export function playTime(sec: number): string {
  const whole = Math.floor(sec);
  const minutes = Math.floor(whole / secPerMinute);
  const seconds = String(whole % secPerMinute).padStart(2, '0');
  if (minutes < minutesPerHour) return `${minutes}:${seconds}`;
  const rest = String(minutes % minutesPerHour).padStart(2, '0');
  return `${Math.floor(minutes / minutesPerHour)}:${rest}:${seconds}`;
}

/** What the player is at, with its reason where there is one. */
export function playerWords({ state, error }: PlayerStatus): string {
  if (error !== null) return `${error.message} ${error.remedy}`;
  return {
    playing: 'Playing',
    paused: 'Paused',
    ended: 'At its end',
    failed: 'Lost',
    closed: 'Closed',
  }[state];
}

/** `flac, 44.1 kHz, stereo`. */
export function fileWords({ codec, sampleRate, channels }: FileFacts): string {
  return `${codec}, ${sampleRate / 1000} kHz, ${channels === 1 ? 'mono' : 'stereo'}`;
}
