/** Every view but the first, with all that they are made of: a file that the first load does without. */
import { AccuracyView } from './accuracy-view.ts';
import { AddInput } from './add-input.ts';
import { CapturePanel } from './capture-panel.ts';
import { CostPanel } from './cost-panel.ts';
import { DeadlineView } from './deadline-view.ts';
import { FlightPanel } from './flight-panel.ts';
import { LatencyView } from './latency-view.ts';
import { MixerView } from './mixer-view.ts';
import { PartialsPanel } from './partials-panel.ts';
import { PipelinePanel } from './pipeline-panel.ts';
import { ReportPanel } from './report-panel.ts';
import { SpectrumOptions } from './spectrum-options.ts';
import { SpectrumPanel } from './spectrum-panel.ts';
import { SpectrumView } from './spectrum-view.ts';
import { StatusView } from './status-view.ts';
import { StringPanel } from './string-panel.ts';
import { TorturePanel } from './torture-panel.ts';
import { ThreadPanel } from './thread-panel.ts';
import { TimelinePanel } from './timeline-panel.ts';
import { TunerOptions } from './tuner-options.ts';
import { TunerPanel } from './tuner-panel.ts';
import { TunerView } from './tuner-view.ts';
import { WaterfallPanel } from './waterfall-panel.ts';

const elements: readonly (readonly [string, CustomElementConstructor])[] = [
  ['quanta-accuracy-view', AccuracyView],
  ['quanta-add-input', AddInput],
  ['quanta-capture-panel', CapturePanel],
  ['quanta-cost-panel', CostPanel],
  ['quanta-deadline-view', DeadlineView],
  ['quanta-flight-panel', FlightPanel],
  ['quanta-latency-view', LatencyView],
  ['quanta-mixer-view', MixerView],
  ['quanta-partials-panel', PartialsPanel],
  ['quanta-pipeline-panel', PipelinePanel],
  ['quanta-report-panel', ReportPanel],
  ['quanta-spectrum-options', SpectrumOptions],
  ['quanta-spectrum-panel', SpectrumPanel],
  ['quanta-spectrum-view', SpectrumView],
  ['quanta-status-view', StatusView],
  ['quanta-string-panel', StringPanel],
  ['quanta-torture-panel', TorturePanel],
  ['quanta-thread-panel', ThreadPanel],
  ['quanta-timeline-panel', TimelinePanel],
  ['quanta-tuner-options', TunerOptions],
  ['quanta-tuner-panel', TunerPanel],
  ['quanta-tuner-view', TunerView],
  ['quanta-waterfall-panel', WaterfallPanel],
];

for (const [name, element] of elements) customElements.define(name, element);

export { AccuracyView, DeadlineView, LatencyView, MixerView, SpectrumView, StatusView, TunerView };
