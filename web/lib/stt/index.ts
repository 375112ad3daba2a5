/** The parts of speech to text that need no browser: what commands in Node are made of. */
export { formatCaptions } from './captions.ts';
export { FileAudio } from './file-audio.ts';
export { Moonshine } from './moonshine.ts';
export { Tokenizer } from './tokenizer.ts';
export { Transcriber } from './transcriber.ts';
