import { niceStep, ticks } from './axis.ts';

/** How frequencies are laid out. */
export type AxisScale = 'log' | 'linear';

/** A line of the grid; the label is empty for a minor one. */
export interface FrequencyMark {
  readonly hz: number;
  readonly label: string;
}

// What people hear.
const lowestHz = 20;
const highestHz = 20_000;

/** A frequency axis from the left edge, 0, to the right one, 1. */
export class FrequencyAxis {
  readonly scale: AxisScale;
  readonly minHz: number;
  readonly maxHz: number;

  /** @param sampleRate Nothing is shown above half of it. */
  constructor(scale: AxisScale, sampleRate: number) {
    this.scale = scale;
    this.minHz = scale === 'log' ? lowestHz : 0;
    this.maxHz = Math.min(highestHz, sampleRate / 2);
  }

  /** Where a frequency stands; below 0 and above 1 outside of the axis. */
  position(hz: number): number {
    const { minHz, maxHz } = this;
    if (this.scale === 'linear') return (hz - minHz) / (maxHz - minHz);
    return hz > 0 ? Math.log2(hz / minHz) / Math.log2(maxHz / minHz) : -Infinity;
  }

  /** The frequency at a place. */
  hz(position: number): number {
    const { minHz, maxHz } = this;
    if (this.scale === 'linear') return minHz + position * (maxHz - minHz);
    return minHz * (maxHz / minHz) ** position;
  }

  /** @param most Labels that have room. */
  marks(most: number): FrequencyMark[] {
    return this.scale === 'log' ? this.#logMarks(most) : this.#linearMarks(most);
  }

  #linearMarks(most: number): FrequencyMark[] {
    const step = niceStep(this.maxHz, most);
    return ticks(0, this.maxHz, step).map((hz) => ({ hz, label: labelOf(hz) }));
  }

  // 1 to 9 times each power of ten; labelled are 1, 2 and 5, or where there is little room only 1.
  #logMarks(most: number): FrequencyMark[] {
    const decades = Math.log10(this.maxHz / this.minHz);
    const labelled = most >= 3 * decades ? [1, 2, 5] : [1];
    const marks: FrequencyMark[] = [];
    for (let decade = 10; decade <= this.maxHz; decade *= 10) {
      for (let digit = 1; digit < 10; digit += 1) {
        const hz = digit * decade;
        const label = labelled.includes(digit) ? labelOf(hz) : '';
        if (hz >= this.minHz && hz <= this.maxHz) marks.push({ hz, label });
      }
    }
    return marks;
  }
}

function labelOf(hz: number): string {
  return hz >= 1000 ? `${Number((hz / 1000).toFixed(2))}k` : String(hz);
}
