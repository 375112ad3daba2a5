import { formatCount } from '../format.ts';

/** What the browser says of a live track, in a line. */
export function trackInWords(settings: MediaTrackSettings): string {
  const { sampleRate, channelCount, echoCancellation, noiseSuppression, autoGainControl } =
    settings;
  const processing = [
    echoCancellation === true ? 'echo cancellation' : '',
    noiseSuppression === true ? 'noise suppression' : '',
    autoGainControl === true ? 'automatic gain' : '',
  ].filter((name) => name !== '');
  return [
    sampleRate === undefined ? '' : `${formatCount(sampleRate)} Hz`,
    channelCount === undefined ? '' : channelCount === 1 ? '1 channel' : `${channelCount} channels`,
    processing.length === 0 ? 'no processing by the browser' : processing.join(', '),
  ]
    .filter((part) => part !== '')
    .join(' · ');
}
