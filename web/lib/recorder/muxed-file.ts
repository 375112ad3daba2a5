/** Packets into a container, and that into a take's file. */
import {
  AdtsOutputFormat,
  EncodedAudioPacketSource,
  EncodedPacket,
  OggOutputFormat,
  Output,
  type OutputFormat,
  StreamTarget,
  type StreamTargetChunk,
  WebMOutputFormat,
} from 'mediabunny';
import type { Container } from './codec-config.ts';
import type { TakeFile } from './take-file.ts';

/** Sound in one page of Ogg, or one cluster of WebM: one that is not whole is lost with its writer. */
const pageSec = 0.25;

/** A packet and its place, in seconds. */
export interface Packet {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly startSec: number;
  readonly durationSec: number;
}

/** A file of packets. Worker only. */
export class MuxedFile {
  readonly #output: Output;
  readonly #source: EncodedAudioPacketSource;
  readonly #container: Container;
  #pageEndSec = 0;
  #packetStartSec = 0;

  private constructor(file: TakeFile, container: Container) {
    this.#container = container;
    this.#source = new EncodedAudioPacketSource(container === 'adts' ? 'aac' : 'opus');
    const writable = new WritableStream<StreamTargetChunk>({
      write: ({ data, position }) => file.writeAt(data, position),
    });
    this.#output = new Output({ format: this.#format(), target: new StreamTarget(writable) });
    this.#output.addAudioTrack(this.#source);
  }

  static async open(file: TakeFile, container: Container): Promise<MuxedFile> {
    const muxed = new MuxedFile(file, container);
    await muxed.#output.start();
    return muxed;
  }

  /** Where what is written ends, in seconds. */
  get writtenSec(): number {
    return this.#container === 'adts' ? this.#packetStartSec : this.#pageEndSec;
  }

  /** @param config What the encoder told with its first packet. */
  async add({ bytes, startSec, durationSec }: Packet, config: AudioDecoderConfig): Promise<void> {
    const packet = new EncodedPacket(bytes, 'key', startSec, durationSec);
    this.#packetStartSec = startSec;
    await this.#source.add(packet, { decoderConfig: config });
  }

  async finish(): Promise<void> {
    await this.#output.finalize();
  }

  #format(): OutputFormat {
    switch (this.#container) {
      case 'ogg':
        return new OggOutputFormat({
          maximumPageDuration: pageSec,
          onPage: (page) => this.#sawPage(page),
        });
      case 'webm':
        return new WebMOutputFormat({
          minimumClusterDuration: pageSec,
          onCluster: () => {
            this.#pageEndSec = this.#packetStartSec;
          },
        });
      case 'adts':
        return new AdtsOutputFormat();
    }
  }

  /** RFC 3533: the granule position, at byte 6, is where the last packet of a page ends; −1: nowhere. */
  #sawPage(page: Uint8Array): void {
    const granule = new DataView(page.buffer, page.byteOffset).getBigInt64(6, true);
    if (granule > 0n) this.#pageEndSec = Number(granule) / 48_000;
  }
}
