import { h } from './element.ts';
import { type Readout, readout } from './readout.ts';

/** A figure with its name, in a list. */
export interface FigureRow<Source> {
  readonly title: string;
  readonly testId: string;
  readonly value: (source: Source) => number | null;
  readonly format: (value: number) => string;
}

/** A list of figures that are read from the same source. */
export interface FigureList<Source> {
  readonly element: HTMLElement;
  draw(source: Source): void;
}

/** Makes the list. */
export function makeFigureList<Source>(
  className: string,
  rows: readonly FigureRow<Source>[],
): FigureList<Source> {
  const made: readonly (readonly [FigureRow<Source>, Readout])[] = rows.map((row) => [
    row,
    readout(row.testId),
  ]);
  const lines = made.map(([row, { element }]) =>
    h('div', {}, h('dt', {}, row.title), h('dd', {}, element)),
  );
  return {
    element: h('dl', { class: className }, ...lines),
    draw(source) {
      for (const [row, figure] of made) figure.set(row.value(source), row.format);
    },
  };
}
