import type { ReaderRecord } from '../../../scripts/soak/record.mjs';

/** A listener of either ring. */
interface Counts {
  readonly name: string;
  readonly delivered: number;
  readonly dropped: number;
  readonly pending: number;
}

/** What a reader has counted. */
export function booksOf(
  { name, delivered, dropped, pending }: Counts,
  ring: ReaderRecord['ring'],
): ReaderRecord {
  return { name, ring, delivered, dropped, pending };
}
