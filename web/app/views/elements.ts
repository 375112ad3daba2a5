import { ActivityMarks } from './activity-marks.ts';
import { App } from './app.ts';
import { AudioPanel } from './audio-panel.ts';
import { ClockPanel } from './clock-panel.ts';
import { DisplayOptions } from './display-options.ts';
import { DropZone } from './drop-zone.ts';
import { FigureRow } from './figure-row.ts';
import { FileOptionsView } from './file-options.ts';
import { HeaderBar } from './header-bar.ts';
import { LevelPanel } from './level-panel.ts';
import { LiveView } from './live-view.ts';
import { MicrophoneOptionsView } from './microphone-options.ts';
import { MonitorSwitch } from './monitor-switch.ts';
import { NoticeList } from './notice-list.ts';
import { OscillatorOptionsView } from './oscillator-options.ts';
import { Rail } from './rail.ts';
import { SourcePanel } from './source-panel.ts';
import { SourcePicker } from './source-picker.ts';
import { Stage } from './stage.ts';
import { StatusChips } from './status-chips.ts';
import { ViewSwitch } from './view-switch.ts';
import { WaveformPanel } from './waveform-panel.ts';
import { WaveformZoom } from './waveform-zoom.ts';

// The page itself comes last: it makes the others.
const elements: readonly (readonly [string, CustomElementConstructor])[] = [
  ['quanta-activity-marks', ActivityMarks],
  ['quanta-audio-panel', AudioPanel],
  ['quanta-clock-panel', ClockPanel],
  ['quanta-display-options', DisplayOptions],
  ['quanta-drop-zone', DropZone],
  ['quanta-figure-row', FigureRow],
  ['quanta-file-options', FileOptionsView],
  ['quanta-header', HeaderBar],
  ['quanta-level-panel', LevelPanel],
  ['quanta-live-view', LiveView],
  ['quanta-microphone-options', MicrophoneOptionsView],
  ['quanta-monitor-switch', MonitorSwitch],
  ['quanta-notice-list', NoticeList],
  ['quanta-oscillator-options', OscillatorOptionsView],
  ['quanta-rail', Rail],
  ['quanta-source-panel', SourcePanel],
  ['quanta-source-picker', SourcePicker],
  ['quanta-stage', Stage],
  ['quanta-status-chips', StatusChips],
  ['quanta-view-switch', ViewSwitch],
  ['quanta-waveform-panel', WaveformPanel],
  ['quanta-waveform-zoom', WaveformZoom],
  ['quanta-app', App],
];

/** Makes the page's elements known to the browser, which brings the page to life. */
export function defineElements(): void {
  for (const [name, element] of elements) customElements.define(name, element);
}
