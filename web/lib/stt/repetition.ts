/** A model that has lost the thread says the same again and again; speakers rarely do so often. */

const longestPhrase = 12;
/** More often than this, in a row, by the length of the phrase in tokens: short ones may be counted. */
const allowedTimes = (length: number): number => Math.max(4, Math.ceil(10 / length));

/** How often the last `length` tokens stand at the end in a row. */
function timesAtEnd(tokens: readonly number[], length: number): number {
  let run = length;
  while (
    run < tokens.length &&
    tokens[tokens.length - 1 - run] === tokens[tokens.length - 1 - run + length]
  ) {
    run += 1;
  }
  return Math.floor(run / length);
}

/**
 * Where the tokens should end, when their end goes round in circles: behind the first time.
 *
 * @returns Undefined where it does not.
 */
export function repetitionStart(tokens: readonly number[]): number | undefined {
  for (let length = 1; length <= Math.min(longestPhrase, tokens.length); length += 1) {
    const times = timesAtEnd(tokens, length);
    if (times > allowedTimes(length)) return tokens.length - (times - 1) * length;
  }
  return undefined;
}
