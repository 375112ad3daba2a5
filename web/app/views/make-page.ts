import { FrameLoop } from '../draw/frame-loop.ts';
import { makeActivity } from '../model/activity.ts';
import { AnalysisKeeper } from '../model/analysis-keeper.ts';
import { Controller } from '../model/controller.ts';
import { DeadlineFeed } from '../model/deadline-feed.ts';
import type { PageState } from '../model/page-state.ts';
import { defaultSetup } from '../model/setup.ts';
import { Store } from '../model/store.ts';
import type { Page } from './view.ts';

/** What all views share, before anything runs. */
export function makePage(patch: Partial<PageState> = {}): Page {
  const store = new Store<PageState>({
    phase: 'ready',
    step: 'engine',
    setup: defaultSetup,
    file: null,
    microphones: [],
    session: null,
    engine: null,
    sourceLabel: '',
    failure: null,
    offline: { kept: 'no', newVersion: 'none', detail: '' },
    ...patch,
  });
  return {
    store,
    controller: new Controller(store),
    frames: new FrameLoop(),
    analysis: new AnalysisKeeper(store),
    deadline: new DeadlineFeed(),
    activity: makeActivity(),
  };
}
