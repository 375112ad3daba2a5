import { type Session, SessionError } from '../../lib/index.ts';
import { emptyCard } from '../dom/card.ts';
import { isMeasuring } from '../model/page-state.ts';
import { MixerDesk } from './mixer-desk.ts';
import { View } from './view.ts';

/** Every input with its fader, its effects and its meters, and the master. */
export class MixerView extends View {
  #desk: MixerDesk | null = null;
  #shown: Session | null | undefined;

  protected mount(signal: AbortSignal): void {
    this.#shown = undefined;
    this.page.store.watch((state) => {
      const session = isMeasuring(state) ? state.session : null;
      if (session !== this.#shown) this.#show(session);
      this.#shown = session;
    }, signal);
    this.page.frames.add((frame) => {
      if (frame.session === this.#shown) this.#desk?.draw(frame);
    }, signal);
  }

  #show(session: Session | null): void {
    this.#desk = null;
    this.replaceChildren(session === null ? makeIdle() : this.#makeContent(session));
  }

  #makeContent(session: Session): HTMLElement {
    try {
      this.#desk = new MixerDesk(this.page, session);
      return this.#desk.element;
    } catch (error) {
      if (!(error instanceof SessionError)) throw error;
      return emptyCard(
        'mixer-empty',
        'There is no mixer in this session',
        `${error.message} ${error.remedy}`,
      );
    }
  }
}

function makeIdle(): HTMLElement {
  return emptyCard(
    'mixer-empty',
    'The mixer opens with the audio',
    globalThis.crossOriginIsolated
      ? 'Press Start: every source gets a strip here with fader, pan, mute, solo, effects and meters, and the master shows what they become together. Up to eight sources can be added while it runs.'
      : 'It needs memory that the page shares with the audio thread, which this page has not: see the notice above.',
  );
}
