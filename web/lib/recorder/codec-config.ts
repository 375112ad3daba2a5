/** What the browser's encoders are told. */
import type { EncoderTask } from './take-encoder.ts';

/** Containers of packets, by the codec that is in them. */
export type Container = 'ogg' | 'webm' | 'adts';

/** The browser's name of a codec. */
const codecOf = (container: Container): string => (container === 'adts' ? 'mp4a.40.2' : 'opus');

/** Opus, or AAC of low complexity. */
export function codecConfig(
  container: Container,
  { channels, sampleRate, bitrateKbps }: Omit<EncoderTask, 'dither'>,
): AudioEncoderConfig {
  const numberOfChannels = channels;
  return { codec: codecOf(container), sampleRate, numberOfChannels, bitrate: bitrateKbps * 1000 };
}
