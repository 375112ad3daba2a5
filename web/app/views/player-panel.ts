import type { FilePlayer } from '../../lib/index.ts';
import { h, setAttributes, setText } from '../dom/element.ts';
import { readout } from '../dom/readout.ts';
import { formatCount } from '../format.ts';
import { fileWords, playerWords, playTime } from '../model/player-words.ts';
import type { PushFigures } from './push-figures.ts';

/** One part of the panel. */
interface Part {
  readonly element: HTMLElement;
  draw(): void;
}

/** What plays, holds and moves a file, in the strip of its input. @param title Names the strip. */
export function makePlayerPanel(player: FilePlayer, title: string): PushFigures {
  const place = makePlace(player, title);
  const play = makePlayButton(player, title);
  const loop = makeLoopButton(player, title);
  const state = makeState(player);
  const underruns = readout('player-underruns');
  const element = h(
    'div',
    { class: 'player', role: 'group', 'aria-label': `${title} player`, 'data-testid': 'player' },
    place.element,
    h('div', { class: 'pair' }, play.element, loop.element),
    state.element,
    h('p', { class: 'aside' }, fileWords(player.file), ' · underruns ', underruns.element),
  );
  return {
    elements: [element],
    draw() {
      for (const part of [place, play, loop, state]) part.draw();
      underruns.set(player.status.underruns, formatCount);
    },
  };
}

function makePlayButton(player: FilePlayer, title: string): Part {
  const element = h('button', { type: 'button', 'data-testid': 'player-play' });
  element.addEventListener('click', () => {
    if (player.status.state === 'playing') player.pause();
    else player.play();
  });
  return {
    element,
    draw() {
      const { state } = player.status;
      const label = state === 'playing' ? 'Pause' : 'Play';
      setText(element, label);
      setAttributes(element, { 'aria-label': `${label} ${title.toLowerCase()}` });
      element.disabled = state === 'closed';
    },
  };
}

function makeLoopButton(player: FilePlayer, title: string): Part {
  const label = `Loop ${title.toLowerCase()}`;
  const attributes = { type: 'button', class: 'loop', 'aria-label': label };
  const element = h('button', { ...attributes, 'data-testid': 'player-loop' }, 'Loop');
  element.addEventListener('click', () => {
    player.loop = !player.loop;
  });
  return {
    element,
    draw() {
      setAttributes(element, { 'aria-pressed': String(player.loop) });
      element.disabled = player.status.state === 'closed';
    },
  };
}

// A moved slider says what is wanted until what is heard has come there: 0.2 s at most.
function makePlace(player: FilePlayer, title: string): Part {
  const slider = h('input', { type: 'range', min: 0, step: 1, 'aria-label': `${title} position` });
  slider.dataset['testid'] = 'player-seek';
  const time = h('span', { class: 'num', 'data-testid': 'player-time' });
  const length = h('span', { class: 'num', 'data-testid': 'player-length' });
  let wanted: number | null = null;
  slider.addEventListener('input', () => {
    wanted = slider.valueAsNumber;
    player.seek(wanted);
  });
  return {
    element: h('div', { class: 'player-place' }, slider, time, length),
    draw() {
      const { positionSec, durationSec, state } = player.status;
      if (wanted !== null && Math.abs(positionSec - wanted) < nearSec) wanted = null;
      const shown = wanted ?? positionSec;
      slider.max = String(Math.max(1, Math.ceil(durationSec)));
      slider.value = String(shown);
      slider.disabled = state === 'closed';
      const words = `${playTime(shown)} of ${playTime(durationSec)}`;
      setAttributes(slider, { 'aria-valuetext': words });
      setText(time, playTime(shown));
      setText(length, playTime(durationSec));
    },
  };
}

const nearSec = 1;

// Read out when the state changes, and when something went wrong.
function makeState(player: FilePlayer): Part {
  const element = h('p', { class: 'player-state', role: 'status', 'data-testid': 'player-state' });
  return {
    element,
    draw() {
      const { status } = player;
      setText(element, playerWords(status));
      setAttributes(element, { 'data-tone': status.error === null ? undefined : 'bad' });
    },
  };
}
