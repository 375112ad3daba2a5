export { Moonshine } from './moonshine.ts';
export { Tokenizer } from './tokenizer.ts';
