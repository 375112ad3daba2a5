import { describe, expect, test } from 'vitest';
import { delayPlot } from '../../web/app/draw/delay-plot.ts';
import { svgText } from '../../web/app/draw/svg-node.ts';
import {
  broadcastInWords,
  historyInWords,
  isSending,
  missingFormatInWords,
  nextTryInWords,
  phaseTitle,
  phaseTone,
} from '../../web/app/model/broadcast-words.ts';
import type { BroadcastPhase } from '../../web/app/model/broadcast-desk.ts';
import { DelayHistory, historySec } from '../../web/app/model/delay-history.ts';
import { MadeBroadcastDesk, offAir } from '../support/made-broadcast-desk.ts';

const { state } = new MadeBroadcastDesk().store;
const phases: readonly BroadcastPhase[] = [
  ...(['idle', 'connecting', 'live', 'reconnecting', 'rejected', 'stopped'] as const),
];

describe('the state of a broadcast', () => {
  test('has a name of its own, and is not told by its colour alone', () => {
    expect(new Set(phases.map(phaseTitle)).size).toBe(phases.length);
    expect(phases.map(phaseTone)).toEqual(['none', 'warn', 'good', 'warn', 'bad', 'none']);
    expect(phases.filter(isSending)).toEqual(['connecting', 'live', 'reconnecting']);
  });

  test('is told with its reason, and with the time when it went on air', () => {
    const liveSinceMs = new Date(2026, 0, 31, 9, 5, 7).getTime();
    const live = { ...state, status: { ...offAir, phase: 'live', liveSinceMs } as const };
    expect(broadcastInWords(live, 'en-GB')).toBe('Live since 09:05:07.');
    const told = { ...live, status: { ...live.status, reason: 'The mount is listed.' } };
    expect(broadcastInWords(told, 'en-GB')).toBe('Live since 09:05:07. The mount is listed.');
    const rejected = { ...offAir, phase: 'rejected', reason: 'Wrong password.' } as const;
    expect(broadcastInWords({ ...state, status: rejected })).toBe('Wrong password.');
    expect(broadcastInWords(state)).toBe('Nothing is sent.');
    expect(broadcastInWords({ ...state, isReady: false })).toContain('Press Start');
  });

  test('counts the seconds until the next try', () => {
    const status = { ...offAir, attempt: 2, nextTryAtMs: 5000 };
    expect(nextTryInWords(status, 1001)).toBe('Try 2 in 4 s.');
    expect(nextTryInWords(status, 5000)).toBe('Try 2 now.');
    expect(nextTryInWords(offAir, 0)).toBe('');
  });
});

describe('the delays of late', () => {
  const filled = (seconds: number) => {
    const history = new DelayHistory();
    for (let sec = 0; sec < seconds; sec += 1) {
      history.add({ ringToSocketMs: 40 + sec, serverDelayMs: null, droppedMs: sec === 3 ? 80 : 0 });
    }
    return history;
  };

  test('are those of the last two minutes', () => {
    const { samples, longestMs } = filled(historySec + 10);
    expect(samples).toHaveLength(historySec);
    expect(samples[0]!.ringToSocketMs).toBe(50);
    expect(longestMs).toBe(40 + historySec + 9);
  });

  test('are told in words', () => {
    expect(historyInWords(new DelayHistory())).toBe('No delay was measured yet.');
    expect(historyInWords(filled(10))).toBe(
      'From the mix to the socket: 49 ms now. In the last 10 s: at most 49 ms, dropped 80 ms.',
    );
  });

  test('are drawn with the newest at the right, and a hole where none was measured', () => {
    const history = filled(5);
    history.add({ ringToSocketMs: null, serverDelayMs: 50, droppedMs: 0 });
    history.add({ ringToSocketMs: 45, serverDelayMs: 50, droppedMs: 0 });
    const drawing = svgText(delayPlot(history, 1200));
    const [, socket] = /class="socket" d="([^"]+)"/.exec(drawing)!;
    expect(socket!.match(/M/g)).toHaveLength(2);
    expect(socket!.startsWith('M1130.0,')).toBe(true);
    expect(socket!.endsWith('H1200.0')).toBe(true);
    expect(drawing.match(/class="dropped"/g)).toHaveLength(1);
  });
});

test('what cannot be sent is told with the reason', () => {
  expect(missingFormatInWords(null)).toBe('');
  expect(missingFormatInWords(state.formats)).toBe('No MP3: its encoder did not load.');
});
