/** The weights' file of the voice detector, taken apart as the C++ does it. */
import { vadConstants, vadHeader, vadLayers } from '../../scripts/lib/vad-file.gen.mjs';

export type LayerName = keyof typeof vadLayers;

/** What a short float stands for: see wasm/voice/short_float.h. */
export function shortFloat(bits: number): number {
  const exponent = (bits >> 12) & 7;
  const mantissa = bits & 0xfff;
  const magnitude = exponent === 0 ? mantissa : (4096 + mantissa) * 2 ** (exponent - 1);
  return (bits & 0x8000) === 0 ? magnitude : -magnitude;
}

export class VadFile {
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  header(word: keyof typeof vadHeader): number {
    return this.#view.getUint32(4 * vadHeader[word], true);
  }

  bias(layer: LayerName, output: number): number {
    const index = outputsBefore(layer) + output;
    return this.#view.getFloat32(vadConstants.vadHeaderBytes + 4 * index, true);
  }

  /** @param output In the order of the file. @param tap Of the kernel of three. */
  weight(layer: LayerName, output: number, input: number, tap = 0): number {
    const { inputs, taps, firstTap, group } = vadLayers[layer];
    const row = (Math.floor(output / group) * inputs + input) * taps + tap - firstTap;
    const index = valuesBefore(layer) + row * group + (output % group);
    const at = vadConstants.vadMatricesOffset + this.header('valueBytes') * index;
    if (this.header('valueBytes') === 4) return this.#view.getFloat32(at, true);
    const scaleAt = vadConstants.vadScalesOffset + 4 * (outputsBefore(layer) + output);
    return shortFloat(this.#view.getUint16(at, true)) * this.#view.getFloat32(scaleAt, true);
  }
}

const layersBefore = (layer: LayerName) => {
  const names = Object.keys(vadLayers) as LayerName[];
  return names.slice(0, names.indexOf(layer)).map((name) => vadLayers[name]);
};

const outputsBefore = (layer: LayerName) =>
  layersBefore(layer).reduce((sum, { outputs }) => sum + outputs, 0);

const valuesBefore = (layer: LayerName) =>
  layersBefore(layer).reduce((sum, { inputs, outputs, taps }) => sum + inputs * outputs * taps, 0);
