import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import '../../web/app/style.css';
import type { HeardText } from '../../web/app/model/transcript.ts';
import { speechNotice } from '../../web/app/model/voice-words.ts';
import { VoiceView } from '../../web/app/views/voice-elements.ts';
import type { Session } from '../../web/lib/index.ts';
import { MadeDesk } from '../support/made-desk.ts';
import { makePage } from '../../web/app/views/make-page.ts';

let desk: MadeDesk;

beforeEach(() => {
  desk = new MadeDesk();
  document.documentElement.lang = 'en';
  document.title = 'Voice';
});

afterEach(() => document.body.replaceChildren());

/** Puts the view on the page; it only asks whether there is a session. */
function show(running = true): void {
  const page = makePage(running ? { session: {} as Session, phase: 'running' } : {});
  const main = document.createElement('main');
  const heading = document.createElement('h1');
  heading.textContent = 'Voice';
  main.append(heading, new VoiceView(page, desk));
  document.body.append(main);
}

function part(testId: string): HTMLElement {
  return document.querySelector<HTMLElement>(`[data-testid=${testId}]`)!;
}

const button = (name: string) =>
  [...document.querySelectorAll('button')].find(
    (each) => each.textContent === name || each.ariaLabel === name,
  )!;

const text = (kind: HeardText['kind'], startSample: number, words: string): HeardText => ({
  ...{ kind, startSample, endSample: startSample + 16_000, text: words },
  ...{ startMs: startSample / 16, endMs: startSample / 16 + 1000 },
});

const rows = () => [...document.querySelectorAll<HTMLElement>('.lines li')];

test('who of several inputs speaks is told in a word, and with one input nothing is', () => {
  show();
  expect(part('speakers').hidden).toBe(true);
  desk.speaking = [
    { input: 0, label: 'Desk microphone', probability: 0.93 },
    { input: 2, label: '<b>Guest</b>', probability: 0.07 },
  ];
  desk.store.update({ phase: 'listening' });
  expect(part('speakers').hidden).toBe(false);
  const told = [...part('speakers').children].map(({ textContent }) => textContent);
  expect(told).toEqual(['1: Desk microphonespeaks', '3: <b>Guest</b>silent']);
  const bars = [...part('speakers').querySelectorAll('meter')];
  expect(bars.map(({ value, ariaLabel }) => [value, ariaLabel])).toEqual([
    [0.93, 'Probability of speech, 1: Desk microphone'],
    [0.07, 'Probability of speech, 3: <b>Guest</b>'],
  ]);
  desk.speaking = [];
  desk.store.update({ phase: 'idle' });
  expect(part('speakers').hidden).toBe(true);
});

describe('the transcript', () => {
  test('shows partial texts as they come, and says only final ones aloud', () => {
    show();
    desk.transcript.hear(text('partial', 32_000, 'ask not'));
    desk.transcript.hear(text('partial', 32_000, 'ask not what'));
    expect(part('caption').textContent).toBe('ask not what');
    expect(part('said').textContent).toBe('');
    expect(rows()).toHaveLength(1);
    expect(rows()[0]!.querySelector('button')).toBeNull();
    desk.transcript.hear(text('final', 32_000, 'ask not what'));
    expect(part('said').textContent).toBe('ask not what');
    expect(rows()[0]!.querySelector('button')!.textContent).toBe('00:02.0ask not what');
  });

  test('a line that does not change keeps the focus when others come', () => {
    show();
    desk.transcript.hear(text('final', 0, 'One.'));
    const line = rows()[0]!.querySelector('button')!;
    line.focus();
    desk.transcript.hear(text('final', 64_000, 'Two.'));
    expect(document.activeElement).toBe(line);
    expect(rows()).toHaveLength(2);
  });

  test('a click on a line plays its stretch, and a second click ends it', async () => {
    show();
    desk.transcript.hear(text('final', 32_000, 'One.'));
    const line = rows()[0]!.querySelector('button')!;
    line.click();
    expect(desk.calls).toEqual(['sound 32000 48000', 'play 160']);
    expect(line.dataset['playing']).toBe('');
    line.click();
    await vi.waitFor(() => expect(line.dataset['playing']).toBeUndefined());
    expect(desk.calls).toHaveLength(2);
  });

  test('a line whose sound is gone says so, and plays nothing', () => {
    show();
    desk.held = { samples: new Float32Array(), isWhole: false };
    desk.transcript.hear(text('final', 0, 'One.'));
    rows()[0]!.querySelector('button')!.click();
    expect(part('transcript-status').textContent).toContain('is gone');
    expect(desk.calls).toEqual(['sound 0 16000']);
  });

  test('is saved in each form, and there is nothing to save before it begins', async () => {
    const saved = vi.spyOn(URL, 'createObjectURL');
    const names: string[] = [];
    const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
      this: HTMLAnchorElement,
    ) {
      names.push(this.download.replace(/-\d.*\d\./, '.'));
    });
    show();
    expect(button('Save as SRT').disabled).toBe(true);
    desk.transcript.hear(text('final', 0, 'One.'));
    for (const form of ['TXT', 'SRT', 'VTT', 'JSON']) button(`Save as ${form}`).click();
    const blobs = saved.mock.calls.map(([blob]) => blob as Blob);
    expect(await Promise.all(blobs.map((blob) => blob.text()))).toEqual([
      'text: One.',
      'srt: One.',
      'vtt: One.',
      'json: One.',
    ]);
    expect(names).toEqual([
      'transcript.txt',
      'transcript.srt',
      'transcript.vtt',
      'transcript.json',
    ]);
    click.mockRestore();
    saved.mockRestore();
    button('Clear').click();
    expect(rows()).toEqual([]);
    expect(button('Copy').disabled).toBe(true);
  });
});

describe('the speech panel', () => {
  test('tells how far the loading is in bytes, and cancels it', () => {
    show();
    const toggle = part('voice-toggle') as HTMLButtonElement;
    toggle.click();
    desk.store.update({
      phase: 'loading',
      progress: { loadedBytes: 2 ** 20, totalBytes: 2 ** 22 },
    });
    expect(part('voice-bytes').textContent).toBe('1.0 MiB of 4.0 MiB');
    expect(document.querySelector('progress')!.value).toBe(0.25);
    expect(toggle.textContent).toBe('Cancel');
    toggle.click();
    expect(desk.calls).toEqual(['start', 'stop']);
    desk.store.update({ phase: 'listening', progress: null });
    expect(toggle.textContent).toBe('Stop listening');
    expect(document.querySelector('.loading')!.checkVisibility()).toBe(false);
  });

  test('waits for the audio', () => {
    show(false);
    expect((part('voice-toggle') as HTMLButtonElement).disabled).toBe(true);
    expect(part('voice-status').textContent).toContain('Press Start');
  });

  test('hands on what is chosen, and takes no threshold that is none', () => {
    show();
    const choose = (testId: string, value: string): void => {
      const control = part(testId) as HTMLSelectElement;
      control.value = value;
      control.dispatchEvent(new Event('change'));
    };
    const [tiny] = (part('voice-model') as HTMLSelectElement).options;
    expect(tiny!.textContent).toBe('Tiny model, 1.0 MiB');
    choose('voice-model', 'moonshine-base');
    choose('voice-detector', 'onnx');
    choose('voice-preset', 'command');
    choose('voice-threshold', '0.65');
    choose('voice-threshold', '7');
    expect(desk.store.state.settings).toEqual({
      ...{ model: 'moonshine-base', detector: 'onnx', preset: 'command', threshold: 0.65 },
    });
    expect((part('voice-threshold') as HTMLInputElement).value).toBe('0.65');
  });
});

test('a problem is a card whose button begins anew, and everything else stays', async () => {
  show();
  const problem = { code: 'model-missing', message: 'The model is missing.', remedy: 'Fetch it.' };
  desk.store.update({ notice: speechNotice(problem) });
  const card = part('error-card');
  expect(card.dataset['code']).toBe('model-missing');
  expect(card.getAttribute('role')).toBe('alert');
  card.querySelector('button')!.click();
  await vi.waitFor(() => expect(desk.calls).toEqual(['stop', 'start']));
  desk.store.update({ notice: null });
  expect(document.querySelector('[data-testid=error-card]')).toBeNull();
  expect(part('voice-strip')).not.toBeNull();
});

test('the strip shows probabilities where there are some, and shades what was found', async () => {
  show();
  desk.speak();
  const canvas = part('voice-strip') as HTMLCanvasElement;
  await vi.waitFor(() => expect(canvas.width).toBeGreaterThan(100));
  desk.store.update({});
  const { width, height } = canvas;
  const { data } = canvas.getContext('2d')!.getImageData(0, 0, width, height);
  const alpha = (x: number, y: number) => data[(y * width + x) * 4 + 3]!;
  // The last frame is 930; a stretch goes from frame 785 to 890, in which speech begins at 791.
  const place = (frame: number) => Math.round(width * (1 - (930 - frame) / (10 * (16_000 / 512))));
  const axis = 30 * devicePixelRatio;
  const wave = 0.62 * (height - axis);
  const likely = Math.round(wave + axis / 3 + 0.3 * (height - axis - wave));
  const loud = Math.round(wave * 0.3);
  const solid = 255;
  for (const y of [likely, loud]) {
    expect([800, 830, 860].map((frame) => alpha(place(frame), y))).toEqual([solid, solid, solid]);
    expect([765, 775].map((frame) => alpha(place(frame), y))).toEqual([0, 0]);
    const shade = alpha(place(787), y);
    expect(shade).toBeGreaterThan(0);
    expect(shade).toBeLessThan(solid / 2);
  }
});

test('the latencies have figures, drawings, and a table for who does not see these', async () => {
  show();
  const timing = { detectionMs: 400, frameMs: 32, handOffMs: 3, waitMs: 0, encoderMs: 90 };
  desk.latencies.add({ text: 'One.', latencyMs: 700, decoderMs: 150, ...timing });
  desk.latencies.add({ text: 'Two.', latencyMs: 900, decoderMs: 350, ...timing });
  desk.transcript.hear(text('final', 0, 'One.'));
  expect(part('utterance-count').textContent).toBe('2');
  expect(part('text-latency-p95').textContent).toBe('900 ms');
  await vi.waitFor(() => expect(document.querySelectorAll('.utterances rect')).toHaveLength(14));
  const cells = [...document.querySelectorAll('table tr:last-child > *')];
  expect(cells.map(({ textContent }) => textContent)).toEqual([
    'Two.',
    '32 ms',
    '3 ms',
    '365 ms',
    '0 ms',
    '90 ms',
    '350 ms',
    '60 ms',
  ]);
});

test('everybody can use it, empty and filled', async () => {
  const violations = async () =>
    (await axe.run(document)).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  show();
  expect(await violations()).toEqual([]);
  desk.speak();
  desk.transcript.hear(text('final', 0, 'One.'));
  desk.transcript.hear({ ...text('final', 16_000, ''), kind: 'skipped' });
  desk.transcript.hear(text('partial', 64_000, 'two'));
  desk.store.update({ phase: 'loading', progress: { loadedBytes: 1, totalBytes: 4 } });
  expect(await violations()).toEqual([]);
});
