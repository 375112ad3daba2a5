/** The Worker that detects voice with the engine's own detector. */
import { VadModule } from './vad-module.ts';
import { followVoice } from './voice-follower.ts';

followVoice(([module = new ArrayBuffer(0), weights = new ArrayBuffer(0)]) =>
  VadModule.create(module, new Uint8Array(weights)),
);
