import { expect, test } from 'vitest';
import { Lifecycle, type SessionStatus } from '../../web/lib/lifecycle.ts';

test('a session begins idle and tells every change with its reason', () => {
  const lifecycle = new Lifecycle();
  const seen: SessionStatus[] = [];
  lifecycle.on('status', (status) => seen.push(status));
  expect(lifecycle.status).toEqual({ state: 'idle', reason: 'created', error: null });
  expect(lifecycle.enter('starting', 'source-requested')).toBe(true);
  expect(lifecycle.enter('running', 'source-open')).toBe(true);
  expect(seen.map(({ state, reason }) => `${state} ${reason}`)).toEqual([
    'starting source-requested',
    'running source-open',
  ]);
});

test('a transition that makes no sense is refused and told to nobody', () => {
  const lifecycle = new Lifecycle();
  let told = 0;
  lifecycle.on('status', () => (told += 1));
  expect(lifecycle.enter('running', 'resumed')).toBe(false);
  expect(lifecycle.enter('suspended', 'interrupted')).toBe(false);
  expect(lifecycle.status.state).toBe('idle');
  expect(told).toBe(0);
});

test('a stopped session stays stopped', () => {
  const lifecycle = new Lifecycle();
  lifecycle.enter('stopped', 'closed');
  for (const state of ['idle', 'starting', 'running', 'suspended', 'failed', 'stopped'] as const) {
    expect(lifecycle.enter(state, 'created')).toBe(false);
  }
  expect(lifecycle.status.state).toBe('stopped');
});

test('a failed session keeps its error until a source is asked for again', () => {
  const lifecycle = new Lifecycle();
  const error = new Error('gone');
  lifecycle.enter('starting', 'source-requested');
  lifecycle.enter('failed', 'source-lost', error);
  expect(lifecycle.status.error).toBe(error);
  lifecycle.enter('starting', 'source-requested');
  expect(lifecycle.status.error).toBeNull();
});
