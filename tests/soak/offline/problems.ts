import type { OfflineRecord } from '../../../scripts/soak/record.mjs';

/** A record without the verdict. */
export type OfflineFindings = Omit<OfflineRecord, 'problems'>;

const minCorrelation = 0.95;

/** Which promises an offline run did not keep. */
export function offlineProblems(record: OfflineFindings): string[] {
  const { frames, gapFrames, quanta, counted, published, commands, wrong } = record;
  const voiceFrames = Math.floor(((frames / record.rateHz) * 16_000) / 512);
  const equal: readonly (readonly [what: string, found: number, expected: number])[] = [
    ['frames of the mix', published.mix, frames],
    ['frames counted', counted.frames, frames - gapFrames],
    ['frames of gaps counted', counted.gapFrames, gapFrames],
    ['quanta counted', counted.quanta, quanta],
    ['frames dropped at the input', counted.droppedFrames, 0],
    ['bad samples', counted.badSamples, 0],
    ['answers', commands.answered, commands.sent],
    ['wrong answers', commands.wrong, 0],
    ['wrong frames of the mix', wrong.mixFrames, 0],
    ['wrong chunks of the voice', wrong.voiceChunks, 0],
    ['wrong times of the voice', wrong.voiceTimes, 0],
    ['samples that the voice is off', wrong.voiceIndex, 0],
  ];
  const problems = equal
    .filter(([, found, expected]) => found !== expected)
    .map(([what, found, expected]) => `${what}: ${found} instead of ${expected}`);
  for (const { name, ring, delivered, dropped, pending } of record.readers) {
    const off = published[ring] - delivered - dropped - pending;
    if (off !== 0) problems.push(`${name}: ${off} slots are unaccounted for`);
  }
  // The last one may be in the making, and what is in the filter comes later.
  if (published.voice > voiceFrames || published.voice < voiceFrames - 1) {
    problems.push(`chunks of the voice: ${published.voice} instead of ${voiceFrames}`);
  }
  if (record.comparedChunks === 0 || record.minCorrelation < minCorrelation) {
    problems.push(`the voice is like the mix by ${record.minCorrelation.toFixed(3)} only`);
  }
  return problems;
}
