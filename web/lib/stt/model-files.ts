import manifest from './model-manifest.json';

/** A model of speech to text: English, by Moonshine AI. The base model errs less and works longer. */
export type SpeechModel = keyof typeof manifest.models;

/** All models. */
export const speechModels: readonly SpeechModel[] = ['moonshine-tiny', 'moonshine-base'];

/** A file beside the page. */
export interface ModelFile {
  /** From the folder of the models. */
  readonly path: string;
  readonly bytes: number;
  /** In hexadecimal. */
  readonly sha256: string;
}

/** What a model consists of. */
export interface ModelFileList {
  readonly encoder: ModelFile;
  readonly decoder: ModelFile;
  readonly vocabulary: ModelFile;
}

/** The files of a model. */
export function filesOf(model: SpeechModel): ModelFileList {
  return { ...manifest.models[model].files, vocabulary: manifest.vocabulary };
}

/** Size of a model in bytes, as it is loaded. */
export function modelBytes(model: SpeechModel): number {
  const { encoder, decoder, vocabulary } = filesOf(model);
  return encoder.bytes + decoder.bytes + vocabulary.bytes;
}
