import { afterEach, expect, test, vi } from 'vitest';
import { askBeforeLeaving, makeActivity } from '../../web/app/model/activity.ts';

afterEach(() => vi.unstubAllGlobals());

/** Stands in for the window; tells whether it would ask. */
function makeWindow(): { asks(): boolean } {
  const target = new EventTarget();
  vi.stubGlobal('addEventListener', target.addEventListener.bind(target));
  vi.stubGlobal('removeEventListener', target.removeEventListener.bind(target));
  return { asks: () => !target.dispatchEvent(new Event('beforeunload', { cancelable: true })) };
}

test('the browser asks before it closes a page that records or sends, and only then', () => {
  const page = makeWindow();
  const activity = makeActivity();
  const life = new AbortController();
  askBeforeLeaving(activity, life.signal);
  expect(page.asks()).toBe(false);
  activity.update({ recordingSec: 0 });
  expect(page.asks()).toBe(true);
  activity.update({ recordingSec: 1, onAir: { state: 'connecting', seconds: null } });
  expect(page.asks()).toBe(true);
  activity.update({ recordingSec: null });
  expect(page.asks()).toBe(true);
  activity.update({ onAir: null });
  expect(page.asks()).toBe(false);
  activity.update({ recordingSec: 0 });
  life.abort();
  expect(page.asks()).toBe(false);
});
