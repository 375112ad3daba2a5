/** How the spectrum's cursor is moved: by a pointer, and by keys. */
import type { SpectrumCursor } from '../model/spectrum-cursor.ts';

/** The cursor on its canvas. */
export interface CursorAxis {
  readonly cursor: SpectrumCursor;
  /** The cursor's place for a place on the canvas, in pixels of the page from its left edge. */
  positionAt(x: number): number;
  /** A pixel of the page, as a part of the axis. */
  step(): number;
  /** Where keys begin while there is no cursor. */
  start(): number;
  /** To the next partial. */
  jump(direction: 1 | -1): void;
  /** Called after each move. */
  moved(): void;
}

const longStep = 10;

/** The cursor goes where the pointer is; where it was pressed, it stays when the pointer leaves. */
export function followPointer(element: HTMLElement, axis: CursorAxis, signal: AbortSignal): void {
  const move = (event: PointerEvent): void => {
    const position = axis.positionAt(event.offsetX);
    if (event.buttons > 0) axis.cursor.pin(position);
    else axis.cursor.hover(position);
    axis.moved();
  };
  const leave = (): void => {
    axis.cursor.hover(null);
    axis.moved();
  };
  element.addEventListener('pointerdown', move, { signal });
  element.addEventListener('pointermove', move, { signal });
  element.addEventListener('pointerleave', leave, { signal });
}

/** Arrows move by a pixel, with Shift by ten; Page Up and Down go from partial to partial. */
export function followKeys(element: HTMLElement, axis: CursorAxis, signal: AbortSignal): void {
  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const move = moveOf(event, axis);
    if (move === undefined) return;
    event.preventDefault();
    move();
    axis.moved();
  };
  element.addEventListener('keydown', press, { signal });
}

function moveOf({ key, shiftKey }: KeyboardEvent, axis: CursorAxis): (() => void) | undefined {
  const { cursor } = axis;
  const step = axis.step() * (shiftKey ? longStep : 1);
  const by = (amount: number) => () => cursor.pin((cursor.position ?? axis.start()) + amount);
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return by(step);
    case 'ArrowLeft':
    case 'ArrowDown':
      return by(-step);
    case 'PageUp':
      return () => axis.jump(1);
    case 'PageDown':
      return () => axis.jump(-1);
    case 'Home':
      return () => cursor.pin(0);
    case 'End':
      return () => cursor.pin(1);
    case 'Escape':
      return () => cursor.pin(null);
    default:
      return undefined;
  }
}
