import type { Analyzer } from '../../lib/index.ts';
import type { AnalysisFeed } from '../draw/analysis-feed.ts';
import { AnalysisView, type IdleWords } from './analysis-view.ts';
import { PartialsPanel } from './partials-panel.ts';
import { SpectrumOptions } from './spectrum-options.ts';
import { SpectrumPanel } from './spectrum-panel.ts';
import { WaterfallPanel } from './waterfall-panel.ts';

/** The spectrum, how it came about, and its strongest partials. */
export class SpectrumView extends AnalysisView {
  protected readonly idle: IdleWords = {
    testId: 'spectrum-empty',
    title: 'The spectrum opens with the audio',
    text: 'Press Start: the spectrum of what is heard, a waterfall of the last seconds, and the strongest partials with their frequencies to a fraction of a hertz appear here.',
  };

  protected makePanels(analyzer: Analyzer, feed: AnalysisFeed): readonly HTMLElement[] {
    return [
      new SpectrumPanel(this.page, feed),
      new WaterfallPanel(this.page, analyzer.address),
      new PartialsPanel(this.page, feed),
      new SpectrumOptions(this.page),
    ];
  }
}
