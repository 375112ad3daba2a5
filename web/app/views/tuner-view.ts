import type { Analyzer } from '../../lib/index.ts';
import type { AnalysisFeed } from '../draw/analysis-feed.ts';
import { AnalysisView, type IdleWords } from './analysis-view.ts';
import { StringPanel } from './string-panel.ts';
import { TunerOptions } from './tuner-options.ts';
import { TunerPanel } from './tuner-panel.ts';

/** The note that sounds, and how far it is from where it should be. */
export class TunerView extends AnalysisView {
  protected readonly idle: IdleWords = {
    testId: 'tuner-empty',
    title: 'The tuner opens with the audio',
    text: 'Press Start and play a note: its name, its cents to a thousandth with their error, and a strobe that stands still when the note is in tune appear here.',
  };

  protected makePanels(_analyzer: Analyzer, feed: AnalysisFeed): readonly HTMLElement[] {
    return [
      new TunerPanel(this.page, feed),
      new StringPanel(this.page, feed),
      new TunerOptions(this.page),
    ];
  }
}
