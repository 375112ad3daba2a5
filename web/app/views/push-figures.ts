import type { InputSource, PushStatus } from '../../lib/index.ts';
import { type FigureList, makeFigureList } from '../dom/figure-list.ts';
import { formatCount, formatFixed } from '../format.ts';

/** What a strip shows of the ring behind it. */
export interface PushFigures {
  readonly elements: readonly HTMLElement[];
  draw(): void;
}

/** Makes the figures of a push input; of any other source there are none. */
export function makePushFigures(source: InputSource): PushFigures {
  if (source.kind !== 'push') return { elements: [], draw: () => undefined };
  const list = makeList();
  return { elements: [list.element], draw: () => list.draw(source.status) };
}

function makeList(): FigureList<PushStatus> {
  return makeFigureList<PushStatus>('pushed', [
    {
      title: 'Fill',
      testId: 'push-fill',
      value: ({ fillFrames }) => fillFrames,
      format: (frames) => formatCount(Math.round(frames)),
    },
    {
      title: 'Drift',
      testId: 'push-drift',
      value: ({ correctionPpm }) => correctionPpm,
      format: (ppm) => `${formatFixed(ppm, 0)} ppm`,
    },
    {
      title: 'Underruns',
      testId: 'push-underruns',
      value: ({ underruns }) => underruns,
      format: formatCount,
    },
    {
      title: 'Overruns',
      testId: 'push-overruns',
      value: ({ overruns }) => overruns,
      format: formatCount,
    },
  ]);
}
