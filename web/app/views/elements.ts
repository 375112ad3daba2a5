import { AccuracyView } from './accuracy-view.ts';
import { AddInput } from './add-input.ts';
import { App } from './app.ts';
import { AudioPanel } from './audio-panel.ts';
import { CapturePanel } from './capture-panel.ts';
import { ClockPanel } from './clock-panel.ts';
import { CostPanel } from './cost-panel.ts';
import { DeadlineView } from './deadline-view.ts';
import { DisplayOptions } from './display-options.ts';
import { DropZone } from './drop-zone.ts';
import { FigureRow } from './figure-row.ts';
import { FileOptionsView } from './file-options.ts';
import { FlightPanel } from './flight-panel.ts';
import { HeaderBar } from './header-bar.ts';
import { LatencyView } from './latency-view.ts';
import { LevelPanel } from './level-panel.ts';
import { LiveView } from './live-view.ts';
import { MicrophoneOptionsView } from './microphone-options.ts';
import { MixerView } from './mixer-view.ts';
import { MonitorSwitch } from './monitor-switch.ts';
import { NoticeList } from './notice-list.ts';
import { OscillatorOptionsView } from './oscillator-options.ts';
import { PartialsPanel } from './partials-panel.ts';
import { PipelinePanel } from './pipeline-panel.ts';
import { Rail } from './rail.ts';
import { ReportPanel } from './report-panel.ts';
import { SourcePanel } from './source-panel.ts';
import { SourcePicker } from './source-picker.ts';
import { SpectrumOptions } from './spectrum-options.ts';
import { SpectrumPanel } from './spectrum-panel.ts';
import { SpectrumView } from './spectrum-view.ts';
import { Stage } from './stage.ts';
import { StatusChips } from './status-chips.ts';
import { StatusView } from './status-view.ts';
import { StringPanel } from './string-panel.ts';
import { TorturePanel } from './torture-panel.ts';
import { ThreadPanel } from './thread-panel.ts';
import { TimelinePanel } from './timeline-panel.ts';
import { TunerOptions } from './tuner-options.ts';
import { TunerPanel } from './tuner-panel.ts';
import { TunerView } from './tuner-view.ts';
import { ViewSwitch } from './view-switch.ts';
import { WaterfallPanel } from './waterfall-panel.ts';
import { WaveformPanel } from './waveform-panel.ts';
import { WaveformZoom } from './waveform-zoom.ts';

// The page itself comes last: it makes the others.
const elements: readonly (readonly [string, CustomElementConstructor])[] = [
  ['quanta-accuracy-view', AccuracyView],
  ['quanta-add-input', AddInput],
  ['quanta-audio-panel', AudioPanel],
  ['quanta-capture-panel', CapturePanel],
  ['quanta-clock-panel', ClockPanel],
  ['quanta-cost-panel', CostPanel],
  ['quanta-deadline-view', DeadlineView],
  ['quanta-display-options', DisplayOptions],
  ['quanta-drop-zone', DropZone],
  ['quanta-figure-row', FigureRow],
  ['quanta-file-options', FileOptionsView],
  ['quanta-flight-panel', FlightPanel],
  ['quanta-header', HeaderBar],
  ['quanta-latency-view', LatencyView],
  ['quanta-level-panel', LevelPanel],
  ['quanta-live-view', LiveView],
  ['quanta-microphone-options', MicrophoneOptionsView],
  ['quanta-mixer-view', MixerView],
  ['quanta-monitor-switch', MonitorSwitch],
  ['quanta-notice-list', NoticeList],
  ['quanta-oscillator-options', OscillatorOptionsView],
  ['quanta-partials-panel', PartialsPanel],
  ['quanta-pipeline-panel', PipelinePanel],
  ['quanta-rail', Rail],
  ['quanta-report-panel', ReportPanel],
  ['quanta-source-panel', SourcePanel],
  ['quanta-source-picker', SourcePicker],
  ['quanta-spectrum-options', SpectrumOptions],
  ['quanta-spectrum-panel', SpectrumPanel],
  ['quanta-spectrum-view', SpectrumView],
  ['quanta-stage', Stage],
  ['quanta-status-chips', StatusChips],
  ['quanta-status-view', StatusView],
  ['quanta-string-panel', StringPanel],
  ['quanta-torture-panel', TorturePanel],
  ['quanta-thread-panel', ThreadPanel],
  ['quanta-timeline-panel', TimelinePanel],
  ['quanta-tuner-options', TunerOptions],
  ['quanta-tuner-panel', TunerPanel],
  ['quanta-tuner-view', TunerView],
  ['quanta-view-switch', ViewSwitch],
  ['quanta-waterfall-panel', WaterfallPanel],
  ['quanta-waveform-panel', WaveformPanel],
  ['quanta-waveform-zoom', WaveformZoom],
  ['quanta-app', App],
];

/** Makes the page's elements known to the browser, which brings the page to life. */
export function defineElements(): void {
  for (const [name, element] of elements) customElements.define(name, element);
}
