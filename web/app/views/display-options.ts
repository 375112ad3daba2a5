import { h } from '../dom/element.ts';
import { View } from './view.ts';

/** What to know before sharing. */
export class DisplayOptions extends View {
  protected mount(): void {
    this.append(
      h(
        'p',
        { class: 'note' },
        'After Start the browser asks for a tab, a window or the screen. Switch on “share audio” there. ' +
          'Browsers insist on sharing the picture as well; nothing here looks at it.',
      ),
    );
  }
}
