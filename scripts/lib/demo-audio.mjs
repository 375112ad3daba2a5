// @ts-check
// A sound that looks like speech: syllables of a falling voice, the same on every run.

const RATE_HZ = 48_000;
const SECONDS = 4;
const SYLLABLES_PER_SEC = 5;
const HARMONICS = [1, 0.7, 0.45, 0.5, 0.25, 0.12];
const HEADER_BYTES = 44;
const FRAME_BYTES = 4;

/**
 * @param {number} sec
 * @returns {number} loudness of the syllable at this moment, 0 to 1
 */
function syllable(sec) {
  const phase = (sec * SYLLABLES_PER_SEC) % 1;
  const stress = 0.55 + 0.45 * Math.sin(Math.floor(sec * SYLLABLES_PER_SEC) * 2.4);
  return stress * Math.sin(Math.PI * Math.min(1, phase * 1.1)) ** 2;
}

/**
 * @param {number} sec
 * @param {number} delaySec of the room, so that both ears hear a little else
 * @returns {number} a sample, -1 to 1
 */
function voice(sec, delaySec) {
  const at = sec - delaySec;
  const cycles = 118 * at + 2.2 * Math.sin(2 * Math.PI * 0.5 * at);
  const tone = HARMONICS.reduce(
    (sum, share, index) =>
      sum + share * Math.sin(2 * Math.PI * (index + 1) * cycles + 1.7 * index * index),
    0,
  );
  return 0.36 * tone * syllable(sec);
}

/**
 * A stereo WAV file of it, 16 bits.
 * @returns {Buffer}
 */
export function demoAudio() {
  const frames = RATE_HZ * SECONDS;
  const file = Buffer.alloc(HEADER_BYTES + frames * FRAME_BYTES);
  writeHeader(file);
  for (let frame = 0; frame < frames; frame += 1) {
    const sec = frame / RATE_HZ;
    [voice(sec, 0), 0.6 * voice(sec, 0.0011)].forEach((sample, channel) => {
      const value = Math.round(Math.max(-1, Math.min(1, sample)) * 32_767);
      file.writeInt16LE(value, HEADER_BYTES + frame * FRAME_BYTES + channel * 2);
    });
  }
  return file;
}

/** @param {Buffer} file */
function writeHeader(file) {
  file.write('RIFF', 0);
  file.writeUInt32LE(file.length - 8, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(2, 22);
  file.writeUInt32LE(RATE_HZ, 24);
  file.writeUInt32LE(RATE_HZ * FRAME_BYTES, 28);
  file.writeUInt16LE(FRAME_BYTES, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36);
  file.writeUInt32LE(file.length - HEADER_BYTES, 40);
}
