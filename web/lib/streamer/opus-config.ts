/** How WebCodecs is told to encode. */
import { streamChannels } from './stream-encoder.ts';

/** Of a packet: a page is out when the second one after it is there, so short ones come sooner. */
const packetUs = 10_000;

interface OpusConfig extends AudioEncoderConfig {
  readonly opus: {
    readonly frameDuration: number;
    readonly application: 'audio';
    readonly usedtx: false;
  };
}

/** Without pauses in what is sent: a server takes silence on the wire for a lost client. */
export const opusConfig = (rateHz: number, bitrateKbps: number): OpusConfig => ({
  codec: 'opus',
  sampleRate: rateHz,
  numberOfChannels: streamChannels,
  bitrate: bitrateKbps * 1000,
  opus: { frameDuration: packetUs, application: 'audio', usedtx: false },
});
