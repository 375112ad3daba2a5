/**
 * Chooses one quantum in so many, on average. Which ones is drawn at random: quanta come in bursts
 * whose first one costs more, so a fixed distance would choose the same ones all the time.
 *
 * Audio thread only. A quantum that is not chosen costs a decrement.
 */
export class Thinner {
  #every: number;
  #toNext = 1;
  // In an array, because a number that is no small integer is an object of its own in a field.
  readonly #random = new Int32Array([1]);

  constructor(every: number) {
    this.#every = every;
  }

  get every(): number {
    return this.#every;
  }

  /** 1: all of them. */
  set every(every: number) {
    this.#every = every;
    this.#toNext = 1;
  }

  /** Whether this quantum is chosen. */
  next(): boolean {
    this.#toNext -= 1;
    if (this.#toNext > 0) return false;
    this.#toNext = this.#every === 1 ? 1 : this.#draw();
    return true;
  }

  // Uniform from 1 to twice the mean less 1. W. H. Press et al., Numerical Recipes, 3rd ed., 7.1.
  #draw(): number {
    this.#random[0] = Math.imul(this.#random[0]!, 1664525) + 1013904223;
    return 1 + ((this.#random[0] >>> 8) % (2 * this.#every - 1));
  }
}
