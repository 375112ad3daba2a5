import { AudioPanel } from './audio-panel.ts';
import { ClockPanel } from './clock-panel.ts';
import { FigureRow } from './figure-row.ts';
import { LevelPanel } from './level-panel.ts';
import { SourcePanel } from './source-panel.ts';
import { View } from './view.ts';
import { WaveformPanel } from './waveform-panel.ts';

/** Is it holding, what does it hear, and what is it set to. */
export class LiveView extends View {
  protected mount(): void {
    this.append(
      new FigureRow(this.page),
      new WaveformPanel(this.page),
      new LevelPanel(this.page),
      new ClockPanel(this.page),
      new SourcePanel(this.page),
      new AudioPanel(this.page),
    );
  }
}
