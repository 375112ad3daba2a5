/** A Worker that keeps a core busy for most of the time. */

/** Work and rest in turns: shorter than a device's buffer and longer. */
const busyMs = 24;
const restMs = 16;

function work(): void {
  const end = performance.now() + busyMs;
  let turns = 0;
  while (performance.now() < end) turns += 1;
  setTimeout(work, turns > 0 ? restMs : 0);
}

work();
