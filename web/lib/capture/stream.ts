import { CaptureError } from '../errors.ts';
import type { CaptureEnd, CaptureKind, OpenSource } from './source.ts';

/** Makes a source of a stream's first audio track. @throws CaptureError */
export function openStream(
  context: AudioContext,
  stream: MediaStream,
  kind: CaptureKind,
  end: CaptureEnd,
): OpenSource {
  const track = stream.getAudioTracks()[0];
  if (track === undefined) {
    stopTracks(stream);
    throw new CaptureError(
      'no-audio',
      'What you shared has no sound, so there is nothing to measure.',
      'Choose a tab or screen and switch on “share audio”.',
    );
  }
  const node = connectStream(context, stream);
  // A track with a listener stays in memory even when it has ended, and the session with it.
  const stopped = new AbortController();
  return {
    kind,
    label: track.label,
    node,
    track,
    onEnd: (callback) =>
      track.addEventListener('ended', () => callback(end), { signal: stopped.signal }),
    stop: () => {
      stopped.abort();
      stopTracks(stream);
      node.disconnect();
    },
  };
}

/** Ends every track, so that the browser's recording mark goes out. */
export function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

function connectStream(context: AudioContext, stream: MediaStream): MediaStreamAudioSourceNode {
  try {
    return context.createMediaStreamSource(stream);
  } catch (error) {
    stopTracks(stream);
    throw new CaptureError(
      'rate-mismatch',
      `This browser cannot bring the source to ${context.sampleRate} Hz.`,
      'Choose the sample rate “device default”.',
      error,
    );
  }
}
