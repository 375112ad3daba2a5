/** A judgement in a word, with its colour. */
export interface Verdict {
  readonly text: string;
  readonly tone: 'good' | 'warn' | 'bad' | 'none';
}

// Shares of the expected rate: the moving average of a clock that holds stays well inside the first.
const onTimeShare = 0.01;
const stillShare = 0.001;

/** Whether the quanta come as often as they should. @param perSec Null before it is known. */
export function pace(perSec: number | null, expectedPerSec: number): Verdict {
  if (perSec === null) return { text: 'measuring', tone: 'none' };
  const share = perSec / expectedPerSec;
  if (share < stillShare) return { text: 'stands still', tone: 'bad' };
  if (share < 1 - onTimeShare) return { text: 'too few', tone: 'warn' };
  if (share > 1 + onTimeShare) return { text: 'too many', tone: 'warn' };
  return { text: 'on time', tone: 'good' };
}
