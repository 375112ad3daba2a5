/** How WebCodecs is told to encode. */
import { streamChannels } from './stream-encoder.ts';

/**
 * Of a packet: a page is out when the second one after it is there, so short ones come sooner. Those of
 * 5 ms cost some of the bitrate, and only long pages need them to be out within 100 ms.
 */
const packetUs = 10_000;
const shortPacketUs = 5000;
const longPageMs = 40;

interface OpusConfig extends AudioEncoderConfig {
  readonly opus: {
    readonly frameDuration: number;
    readonly application: 'audio';
    readonly usedtx: false;
  };
}

/** Without pauses in what is sent: a server takes silence on the wire for a lost client. */
export const opusConfig = (rateHz: number, bitrateKbps: number, pageMs: number): OpusConfig => ({
  codec: 'opus',
  sampleRate: rateHz,
  numberOfChannels: streamChannels,
  bitrate: bitrateKbps * 1000,
  opus: {
    frameDuration: pageMs > longPageMs ? shortPacketUs : packetUs,
    application: 'audio',
    usedtx: false,
  },
});
