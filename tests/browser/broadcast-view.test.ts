import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import '../../web/app/style.css';
import { broadcastNotice } from '../../web/app/model/broadcast-words.ts';
import { makePage } from '../../web/app/views/make-page.ts';
import { BroadcastView } from '../../web/app/views/broadcast-elements.ts';
import { MadeBroadcastDesk } from '../support/made-broadcast-desk.ts';

let desk: MadeBroadcastDesk;

beforeEach(() => {
  desk = new MadeBroadcastDesk();
  document.documentElement.lang = 'en';
  document.title = 'Broadcast';
});

afterEach(() => document.body.replaceChildren());

function show(): HTMLElement {
  const main = document.createElement('main');
  const heading = document.createElement('h1');
  heading.textContent = 'Broadcast';
  main.append(heading, new BroadcastView(makePage(), desk));
  document.body.append(main);
  return main;
}

const part = (testId: string) => document.querySelector<HTMLElement>(`[data-testid=${testId}]`)!;

const input = (testId: string) => part(testId) as HTMLInputElement;
const buttonOf = (testId: string) => part(testId) as HTMLButtonElement;
const selectOf = (testId: string) => part(testId) as HTMLSelectElement;

function write(testId: string, text: string): void {
  const field = input(testId);
  field.focus();
  field.value = text;
  field.dispatchEvent(new Event('input'));
}

const enter = (testId: string) =>
  part(testId).dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));

describe('the server', () => {
  test('is told who sends, and the password is handed on and kept nowhere', () => {
    const main = show();
    write('broadcast-url', ' wss://radio.example/live ');
    write('broadcast-user', 'dj');
    write('broadcast-password', 'secret');
    enter('broadcast-password');
    expect(desk.calls).toEqual(['start secret']);
    expect(desk.store.state.settings).toMatchObject({
      ...{ url: 'wss://radio.example/live', user: 'dj' },
    });
    expect(JSON.stringify(desk.store.state)).not.toContain('secret');
    const field = input('broadcast-password');
    expect([field.type, field.autocomplete]).toEqual(['password', 'off']);
    main.remove();
    expect(field.value).toBe('');
    document.body.append(main);
    expect(input('broadcast-password').value).toBe('');
    expect(input('broadcast-user').value).toBe('dj');
  });

  test('cannot be changed while something is sent', () => {
    show();
    desk.go({ phase: 'live', liveSinceMs: 0 });
    for (const field of ['url', 'user', 'password', 'format', 'bitrate']) {
      expect(input(`broadcast-${field}`).disabled).toBe(true);
    }
    expect(part('broadcast-toggle').textContent).toBe('Stop broadcasting');
    part('broadcast-toggle').click();
    expect(desk.calls).toEqual(['stop']);
  });

  test('gets only what this browser can send', () => {
    show();
    const options = [...selectOf('broadcast-format').options];
    expect(options.map(({ value, disabled }) => [value, disabled])).toEqual([
      ['opus', false],
      ['mp3', true],
    ]);
    expect(part('broadcast-missing').textContent).toBe('No MP3: its encoder did not load.');
  });

  test('waits for the audio', () => {
    desk.store.update({ isReady: false });
    show();
    expect(buttonOf('broadcast-toggle').disabled).toBe(true);
    expect(part('broadcast-reason').textContent).toContain('Press Start');
  });
});

describe('the way', () => {
  const since = Date.UTC(2026, 0, 31, 12, 0, 0);
  const states = [
    [{ phase: 'connecting' }, 'Connecting', 'Asking the server.', 'warn'],
    [{ phase: 'live', liveSinceMs: since }, 'On air', /^Live since .+\.$/, 'good'],
    [
      { phase: 'reconnecting', reason: 'The link broke.' },
      'Reconnecting',
      'The link broke.',
      'warn',
    ],
    [{ phase: 'rejected', reason: 'Wrong password.' }, 'Rejected', 'Wrong password.', 'bad'],
    [{ phase: 'stopped' }, 'Stopped', '', 'none'],
  ] as const;

  test.each(states)('tells %o in words', (patch, title, reason, tone) => {
    show();
    desk.go(patch);
    expect(part('broadcast-phase').textContent).toBe(title);
    expect(part('broadcast-phase').parentElement!.dataset['tone']).toBe(tone);
    expect(part('broadcast-reason').textContent).toMatch(reason);
    expect(part('broadcast-toggle').textContent).toBe(
      ['warn', 'good'].includes(tone) ? 'Stop broadcasting' : 'Broadcast',
    );
  });

  test('counts the seconds until the next try', () => {
    show();
    desk.go({ phase: 'reconnecting', attempt: 3, nextTryAtMs: performance.now() + 3600_000 });
    expect(part('broadcast-next').textContent).toMatch(/^Try 3 in 3[56]\d\d s\.$/);
    expect(part('broadcast-next').closest('[role=status]')).toBeNull();
    desk.go({ nextTryAtMs: null });
    expect(part('broadcast-next').textContent).toBe('');
  });

  test('has figures of what was sent, waits and was dropped, and how late it is', () => {
    show();
    desk.go({
      ...{ phase: 'live', sentBytes: 3 * 2 ** 20, sentMs: 125_000, waitingMs: 40 },
      ...{ droppedMs: 1500, ringToSocketMs: { p50: 31, p95: 58 }, serverDelayMs: 210 },
    });
    const figures = ['sent', 'bytes', 'waiting', 'dropped', 'socket', 'server'];
    expect(figures.map((name) => part(`air-${name}`).textContent)).toEqual([
      ...['02:05', '3.0 MiB', '40 ms', '1.5 s', '58 ms', '210 ms'],
    ]);
  });

  test('draws the delays of late, and has a twin in words', async () => {
    for (let sec = 0; sec < 50; sec += 1) {
      const serverDelayMs = sec < 20 ? null : 200;
      desk.history.add({ ringToSocketMs: 60, serverDelayMs, droppedMs: sec === 30 ? 400 : 0 });
    }
    show();
    await vi.waitFor(() => expect(document.querySelector('.delays')).not.toBeNull());
    const width = document.querySelector('svg.delays')!.getAttribute('viewBox')!.split(' ')[2];
    const from = (name: string) =>
      Number(
        /^M([\d.]+),/.exec(document.querySelector(`.delays .${name}`)!.getAttribute('d')!)![1],
      );
    expect(from('socket') / Number(width)).toBeCloseTo(70 / 120, 2);
    expect(from('server') / Number(width)).toBeCloseTo(90 / 120, 2);
    expect(document.querySelectorAll('.delays .dropped')).toHaveLength(1);
    expect(part('delay-text').textContent).toBe(
      'From the mix to the socket: 60 ms now. In the last 50 s: at most 200 ms, dropped 400 ms.',
    );
  });
});

test('title and artist are told on request, once', () => {
  show();
  const button = buttonOf('song-tell');
  write('song-title', 'A <b>song</b>');
  expect(button.disabled).toBe(true);
  desk.go({ phase: 'live' });
  expect(button.disabled).toBe(false);
  expect(part('song-status').textContent).toContain('Not told yet');
  write('song-artist', 'Somebody');
  enter('song-artist');
  expect(desk.calls).toEqual(['tell']);
  expect(button.disabled).toBe(true);
  expect(desk.store.state.settings).toMatchObject({ title: 'A <b>song</b>', artist: 'Somebody' });
  expect(part('song-status').textContent).toBe('Listeners are told.');
});

test('a problem is a card that goes away when it was read', () => {
  show();
  const problem = {
    code: 'blocked',
    message: 'The policy forbids it.',
    remedy: 'Name the origin.',
  };
  desk.store.update({ notice: broadcastNotice(problem) });
  expect(part('error-card').dataset['code']).toBe('blocked');
  part('error-card').querySelector('button')!.click();
  expect(document.querySelector('[data-testid=error-card]')).toBeNull();
});

test('everybody can use it, off air and on air', async () => {
  const violations = async () =>
    (await axe.run(document)).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  show();
  expect(await violations()).toEqual([]);
  desk.history.add({ ringToSocketMs: 60, serverDelayMs: 200, droppedMs: 400 });
  desk.go({ phase: 'live', liveSinceMs: 0, ringToSocketMs: { p50: 31, p95: 58 } });
  expect(await violations()).toEqual([]);
  desk.go({ phase: 'rejected', reason: 'Wrong password.' });
  expect(await violations()).toEqual([]);
});
