import type { CaptureKind } from '../../lib/index.ts';
import { fillCard } from '../dom/card.ts';
import { h, setText } from '../dom/element.ts';
import { kindOf } from '../model/setup.ts';
import { DisplayOptions } from './display-options.ts';
import { FileOptionsView } from './file-options.ts';
import { MicrophoneOptionsView } from './microphone-options.ts';
import { OscillatorOptionsView } from './oscillator-options.ts';
import { type Page, View } from './view.ts';

const makers: Readonly<Record<CaptureKind, (page: Page) => View>> = {
  microphone: (page) => new MicrophoneOptionsView(page),
  file: (page) => new FileOptionsView(page),
  oscillator: (page) => new OscillatorOptionsView(page),
  display: (page) => new DisplayOptions(page),
};

const titles: Readonly<Record<CaptureKind, string>> = {
  microphone: 'Microphone',
  file: 'Audio file',
  oscillator: 'Oscillator',
  display: 'Tab or system audio',
};

/** The options of the chosen source. */
export class SourcePanel extends View {
  protected mount(signal: AbortSignal): void {
    const open = h('span', { class: 'aside', 'data-testid': 'source-label' });
    const options = h('div', { class: 'options' });
    fillCard(this, 'Source', open, options);
    const heading = this.querySelector('h2');
    let shown: CaptureKind | undefined;
    this.page.store.watch(({ setup, sourceLabel }) => {
      const kind = kindOf(setup.source);
      setText(open, sourceLabel === titles[kind] ? '' : sourceLabel);
      if (kind === shown) return;
      shown = kind;
      if (heading !== null) setText(heading, titles[kind]);
      options.replaceChildren(makers[kind](this.page));
    }, signal);
  }
}
