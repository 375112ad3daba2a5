import type { InputSource, MeterReading, Mixer, StripParameter } from '../../lib/index.ts';
import { h, setText } from '../dom/element.ts';
import { makeFigureList } from '../dom/figure-list.ts';
import {
  isOn,
  parameterButton,
  parameterSlider,
  type ParameterControl,
} from '../dom/parameter-field.ts';
import { formatMeter } from '../format.ts';
import { playerOf } from '../model/file-players.ts';
import { effectGroups, panInWords } from '../model/parameter-groups.ts';
import { ParameterLink, stripParameter, type TellRefusal } from '../model/parameter-link.ts';
import { type EffectSheet, makeEffectSheet, type Links } from './effect-sheet.ts';
import { makeFader } from './fader.ts';
import { makePlayerPanel } from './player-panel.ts';
import { makePushFigures, type PushFigures } from './push-figures.ts';
import { makeStereoMeter, peakDbOf, rmsDbOf, type StereoMeter } from './stereo-meter.ts';

/** One column of the mixer. */
export interface Strip {
  readonly element: HTMLElement;
  draw(nowMs: number, text: boolean): void;
}

/** What a strip is made with. */
export interface StripParts {
  readonly mixer: Mixer;
  readonly source: InputSource;
  readonly tell: TellRefusal;
  /** The person wants the source gone. */
  readonly onRemove: () => void;
}

/** Makes the strip of an input with a source. */
export function makeStrip(parts: StripParts): Strip {
  const { mixer, source } = parts;
  const { input } = source;
  const title = `Input ${input + 1}`;
  const links = linksOf(parts);
  const fader = makeFader(links('gainDb'), `${title} gain`, 'fader');
  const pan = makePan(links('pan'), title);
  const buttons = [
    keyed(parameterButton(links('mute'), 'Mute', 'mute'), 'm'),
    keyed(parameterButton(links('solo'), 'Solo', 'solo'), 's'),
  ];
  const meter = makeStereoMeter(`${title} peak`);
  const figures = makeStripFigures();
  const player = playerOf(source);
  const pushed = player === null ? makePushFigures(source) : makePlayerPanel(player, title);
  const effects = makeEffects(title, input, links);
  const element = h(
    'section',
    { class: 'card strip', 'aria-label': title, 'data-testid': `strip-${input}` },
    makeHead(title, parts),
    pan.element,
    h('div', { class: 'throw' }, fader.element, meter.element),
    h('p', { class: 'gain' }, fader.figure),
    figures.element,
    ...pushed.elements,
    h('div', { class: 'pair' }, ...buttons.map((button) => button.element)),
    effects.button,
    effects.sheet.element,
  );
  pressByKeys(element, buttons);
  const controls = [fader, pan, ...buttons, effects];
  return {
    element,
    draw: painter({
      controls,
      meter,
      figures,
      pushed,
      sheet: effects.sheet,
      read: () => mixer.meters(input),
    }),
  };
}

function keyed(button: ParameterControl, key: string): ParameterControl {
  button.element.setAttribute('aria-keyshortcuts', key);
  return button;
}

// While the focus is in the strip: M mutes, S solos. The sheet has fields to type in.
function pressByKeys(strip: HTMLElement, buttons: readonly ParameterControl[]): void {
  strip.addEventListener('keydown', ({ key, target, ctrlKey, metaKey, altKey, repeat }) => {
    if (ctrlKey || metaKey || altKey || repeat) return;
    if ((target as Element).closest('dialog') !== null) return;
    const pressed = buttons.find(
      ({ element }) => element.getAttribute('aria-keyshortcuts') === key.toLowerCase(),
    );
    pressed?.element.click();
  });
}

interface Painted {
  readonly controls: readonly Pick<ParameterControl, 'sync'>[];
  readonly meter: StereoMeter;
  readonly figures: { draw(reading: MeterReading): void };
  readonly pushed: PushFigures;
  readonly sheet: EffectSheet;
  readonly read: () => MeterReading;
}

function painter({ controls, meter, figures, pushed, sheet, read }: Painted): Strip['draw'] {
  return (nowMs, text) => {
    const reading = read();
    meter.draw(reading, nowMs, text);
    if (!text) return;
    for (const control of controls) control.sync();
    figures.draw(reading);
    pushed.draw();
    sheet.draw(reading);
  };
}

// One link for each parameter, whoever asks: its controls must agree on what is on its way.
function linksOf({ mixer, source, tell }: StripParts): Links {
  const made = new Map<StripParameter, ParameterLink>();
  return (name) => {
    const link =
      made.get(name) ?? new ParameterLink(stripParameter(mixer, source.input, name), tell);
    made.set(name, link);
    return link;
  };
}

function makeHead(title: string, { source, onRemove }: StripParts): HTMLElement {
  const label = `Remove ${title.toLowerCase()}`;
  const remove = h('button', { type: 'button', class: 'remove', 'aria-label': label }, '×');
  remove.title = label;
  remove.dataset['testid'] = `remove-${source.input}`;
  remove.addEventListener('click', onRemove);
  const name = h('p', { class: 'aside', title: source.label }, source.label);
  return h('header', { class: 'strip-head' }, h('h2', {}, title), remove, name);
}

function makePan(link: ParameterLink, title: string): ParameterControl {
  const slider = parameterSlider(link, `${title} pan`);
  slider.element.dataset['testid'] = 'pan';
  const figure = h('span', { class: 'num' });
  return {
    element: h(
      'div',
      { class: 'pan' },
      h('span', { class: 'parameter-name' }, 'Pan'),
      figure,
      slider.element,
    ),
    sync() {
      slider.sync();
      const words = panInWords(link.inForce);
      setText(figure, words);
      slider.element.setAttribute('aria-valuetext', words);
    },
  };
}

function makeStripFigures(): { element: HTMLElement; draw(reading: MeterReading): void } {
  return makeFigureList<MeterReading>('levels', [
    { title: 'Peak', testId: 'strip-peak', value: peakDbOf, format: formatMeter },
    { title: 'RMS', testId: 'strip-rms', value: rmsDbOf, format: formatMeter },
    {
      title: 'LUFS-S',
      testId: 'strip-lufs',
      value: ({ shortTermLufs }) => shortTermLufs,
      format: formatMeter,
    },
  ]);
}

interface Effects {
  readonly button: HTMLElement;
  readonly sheet: EffectSheet;
  sync(): void;
}

// The button says how many effects change the sound, so that a closed sheet hides nothing.
function makeEffects(title: string, input: number, links: Links): Effects {
  const sheet = makeEffectSheet(`${title}: effects`, input, links);
  const count = h('span', { class: 'aside' });
  const attributes = { type: 'button', class: 'effects-button', 'data-testid': 'open-effects' };
  const button = h('button', attributes, 'Effects ', count);
  button.addEventListener('click', () => sheet.open());
  return {
    button,
    sheet,
    sync: () => setText(count, activeWords(links)),
  };
}

function activeWords(links: Links): string {
  const active = effectGroups.filter(({ id, power }) =>
    power === null ? links(`${id}Db` as StripParameter).inForce !== 0 : isOn(links(power)),
  );
  return active.length === 0 ? 'all off' : `${active.length} on`;
}
