import { CapturePanel } from './capture-panel.ts';
import { CostPanel } from './cost-panel.ts';
import { FlightPanel } from './flight-panel.ts';
import { ReportPanel } from './report-panel.ts';
import { ThreadPanel } from './thread-panel.ts';
import { TimelinePanel } from './timeline-panel.ts';
import { TorturePanel } from './torture-panel.ts';
import { View } from './view.ts';

/** Does the audio thread keep its deadlines, and what went wrong when. */
export class DeadlineView extends View {
  protected mount(): void {
    this.append(
      new CostPanel(this.page),
      new TimelinePanel(this.page),
      new ThreadPanel(this.page),
      new CapturePanel(this.page),
      new FlightPanel(this.page),
      new ReportPanel(this.page),
      new TorturePanel(this.page),
    );
  }
}
