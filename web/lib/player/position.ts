import type { PumpReport } from './messages.ts';

type Span = Omit<Extract<PumpReport, { kind: 'span' }>, 'kind'>;

/** Which frame of the file is heard, from how many frames of the input the engine has taken. */
export class HeardPosition {
  readonly #spans: Span[] = [{ pushed: 0, frame: 0 }];

  /** From the input's frame `pushed` on, which is not taken yet, the file goes on at `frame`. */
  follow({ pushed, frame }: Span): void {
    this.#spans.push({ pushed, frame });
  }

  /** @param taken Frames that the engine has taken; never fewer than before. */
  at(taken: number): number {
    const [, ...later] = this.#spans;
    this.#spans.splice(0, later.filter(({ pushed }) => pushed <= taken).length);
    const [span = { pushed: 0, frame: 0 }] = this.#spans;
    return span.frame + Math.max(0, taken - span.pushed);
  }
}
