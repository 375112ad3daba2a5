/** LAME, the encoder of MP3: a WebAssembly module of its own, loaded by its address. Worker only. */
import { createEncoder, type WasmMediaEncoder } from 'wasm-media-encoders';
import lameUrl from 'wasm-media-encoders/wasm/mp3?url';

export type Lame = WasmMediaEncoder<'audio/mpeg'>;
type Settings = Parameters<Lame['configure']>[0];
/** Of what it gives, in kbit/s. */
export type LameBitrate = NonNullable<Settings['bitrate']>;
/** Of what it gives, in frames per second. */
export type LameRate = NonNullable<Settings['outputSampleRate']>;

/** Loads it once, for any number of encoders. @throws Error Its file cannot be had. */
export async function loadLame(): Promise<() => Promise<Lame>> {
  const response = await fetch(lameUrl);
  if (!response.ok) throw new Error(`the MP3 encoder’s file answered ${response.status}`);
  const module = await WebAssembly.compile(await response.arrayBuffer());
  return () => createEncoder('audio/mpeg', module);
}
