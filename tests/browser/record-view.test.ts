import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import '../../web/app/style.css';
import { recordNotice } from '../../web/app/model/record-words.ts';
import { makePage } from '../../web/app/views/make-page.ts';
import { RecordView } from '../../web/app/views/record-elements.ts';
import { MadeRecordDesk, madeTake } from '../support/made-record-desk.ts';

let desk: MadeRecordDesk;

beforeEach(() => {
  desk = new MadeRecordDesk();
  document.documentElement.lang = 'en';
  document.title = 'Record';
});

afterEach(() => {
  document.body.replaceChildren();
  vi.restoreAllMocks();
});

function show(): void {
  const main = document.createElement('main');
  const heading = document.createElement('h1');
  heading.textContent = 'Record';
  main.append(heading, new RecordView(makePage(), desk));
  document.body.append(main);
}

const part = (testId: string) => document.querySelector<HTMLElement>(`[data-testid=${testId}]`)!;

const input = (testId: string) => part(testId) as HTMLInputElement;
const buttonOf = (testId: string) => part(testId) as HTMLButtonElement;
const selectOf = (testId: string) => part(testId) as HTMLSelectElement;

const parts = (testId: string) => [
  ...document.querySelectorAll<HTMLElement>(`[data-testid=${testId}]`),
];

const press = (testId: string, index = 0) => parts(testId)[index]!.click();

const typeKey = (target: HTMLElement, key: string) =>
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));

function choose(testId: string, value: string): void {
  const control = selectOf(testId);
  control.value = value;
  control.dispatchEvent(new Event('change'));
}

describe('the recorder', () => {
  test('records, tells how long and how much, and stops', () => {
    show();
    const button = buttonOf('record-toggle');
    expect(button.textContent).toBe('Record');
    button.click();
    desk.record(72);
    expect(button.textContent).toBe('Stop recording');
    expect(part('record-elapsed').textContent).toBe('01:12.0');
    expect(part('record-bytes').textContent).toBe('13.2 MiB');
    expect(part('record-lost').textContent).toBe('No sound was lost.');
    button.click();
    expect(desk.calls).toEqual(['refresh', 'start', 'stop']);
    desk.store.update({ phase: 'finishing' });
    expect(button.disabled).toBe(true);
    expect(part('record-status').textContent).toBe('Completing the file.');
  });

  test('waits for the audio', () => {
    desk.store.update({ isReady: false });
    show();
    expect(buttonOf('record-toggle').disabled).toBe(true);
    expect(part('record-status').textContent).toContain('Press Start');
  });

  test('draws what was recorded, and marks what was lost', async () => {
    show();
    desk.record(20, [15]);
    const canvas = part('record-wave') as HTMLCanvasElement;
    await vi.waitFor(() => expect(canvas.width).toBeGreaterThan(300));
    desk.store.update({});
    const { width, height } = canvas;
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, width, height);
    const at = (sec: number, y: number) => (y * width + Math.round((width * sec) / 30)) * 4;
    const alpha = (sec: number, y: number) => data[at(sec, y) + 3]!;
    const upper = Math.round((height - 20 * devicePixelRatio) * 0.2);
    // The ramp is as loud as this line at 60 % of its length.
    expect([alpha(2.5, upper), alpha(8, upper)]).toEqual([0, 0]);
    expect([alpha(13, upper), alpha(18, upper)]).toEqual([255, 255]);
    expect(alpha(21, upper)).toBe(0);
    const [red, green, blue] = [0, 1, 2].map((channel) => data[at(15.25, 1) + channel]!);
    expect(red! > green! && green! > blue!).toBe(true);
    expect(part('record-lost').textContent).toBe(
      '1 gap, 500 ms in all, at 00:15.0. Silence fills it.',
    );
    expect(part('record-lost').dataset['tone']).toBe('warn');
  });

  test('hands on what is chosen, and tells what a minute takes', () => {
    show();
    expect(part('record-estimate').textContent).toBe(
      '11.0 MiB a minute. There is room for 15 hours.',
    );
    choose('record-source', '0');
    choose('record-format', 'mp3');
    choose('record-bitrate', '64');
    const preRoll = input('record-pre-roll');
    preRoll.value = '2.5';
    preRoll.dispatchEvent(new Event('change'));
    expect(desk.store.state.settings).toEqual({
      ...{ source: 0, format: 'mp3', bitrateKbps: 64, preRollSec: 2.5 },
    });
    expect(preRoll.getAttribute('aria-valuetext')).toBe('2.5 s before');
    expect(part('record-estimate').textContent).toContain('about 468.8 KiB a minute');
  });

  test('says what this browser cannot write, and why', () => {
    show();
    expect(part('record-missing').textContent).toBe('AAC: this browser has no encoder for it');
    const options = [...selectOf('record-format').options];
    const disabled = options.filter((option) => option.disabled).map(({ value }) => value);
    expect(disabled).toEqual(['aac']);
  });

  test('changes nothing while it records', () => {
    show();
    desk.record(1);
    expect(selectOf('record-source').disabled).toBe(true);
    expect(input('record-pre-roll').disabled).toBe(true);
  });
});

describe('the takes', () => {
  test('are read, and there may be none', () => {
    desk.store.update({ takes: null });
    show();
    expect(part('takes-words').textContent).toBe('Reading the list …');
    desk.store.update({ takes: [] });
    expect(part('takes-words').textContent).toContain('Nothing is recorded yet');
    desk.record(1);
    expect(part('takes-words').textContent).toContain('comes here when it is ended');
    desk.store.update({ takes: [madeTake('1', 60)] });
    expect(part('takes-words').textContent).toBe('');
    expect(part('take').querySelector('.take-facts')!.textContent).toMatch(
      /^01:00 · WAV, 16 bits · 48 kHz stereo · 11\.0 MiB · /,
    );
  });

  test('of a page that was killed are offered with a word', () => {
    const takes = [madeTake('1', 3, { isRecovered: true }), madeTake('2', 3)];
    desk.store.update({ takes, recovered: 1 });
    show();
    expect(part('takes-recovered').textContent).toContain('A recording was cut off');
    expect(parts('take-recovered').map((flag) => flag.checkVisibility())).toEqual([true, false]);
  });

  test('tell what was lost in them', () => {
    const dropouts = [{ atFrame: 48_000, frames: 4800 }];
    desk.store.update({ takes: [madeTake('1', 3, { dropouts })] });
    show();
    expect(part('take-lost').textContent).toBe(
      '1 gap, 100 ms in all, at 00:01.0. Silence fills it.',
    );
  });

  test('are heard from where the slider is put, one at a time', async () => {
    desk.store.update({ takes: [madeTake('1', 60), madeTake('2', 60)] });
    show();
    press('take-play');
    await vi.waitFor(() => expect(parts('take-play')[0]!.ariaLabel).toBe('Pause: Take 1'));
    const slider = input('take-position');
    slider.value = '30';
    slider.dispatchEvent(new Event('input'));
    await vi.waitFor(() => expect(part('take-time').textContent).toMatch(/^00:3\d \/ 01:00$/));
    press('take-play', 1);
    await vi.waitFor(() => expect(parts('take-play')[1]!.ariaLabel).toBe('Pause: Take 2'));
    expect(parts('take-play')[0]!.ariaLabel).toBe('Play: Take 1');
    expect(slider.valueAsNumber).toBeGreaterThanOrEqual(30);
    expect(document.querySelector('.take-outline path')).not.toBeNull();
  });

  test('are renamed where they stand, by the keyboard alone', () => {
    desk.store.update({ takes: [madeTake('1', 3)] });
    show();
    press('take-rename');
    const field = input('take-name-field');
    expect(document.activeElement).toBe(field);
    field.value = 'Interview';
    typeKey(field, 'Enter');
    expect(desk.calls).toContain('rename 1 Interview');
    expect(document.activeElement).toBe(part('take-rename'));
    press('take-rename');
    input('take-name-field').value = 'Nothing';
    typeKey(part('take-name-field'), 'Escape');
    expect(desk.calls.filter((call) => call.startsWith('rename'))).toHaveLength(1);
    expect(document.activeElement).toBe(part('take-rename'));
  });

  test('are deleted only after a second word, and the focus goes to the next one', () => {
    desk.store.update({ takes: [madeTake('1', 3), madeTake('2', 3)] });
    show();
    press('take-delete');
    expect(document.activeElement).toBe(part('take-delete-no'));
    typeKey(part('take-delete-no'), 'Escape');
    expect(document.activeElement).toBe(part('take-delete'));
    press('take-delete');
    part('take-delete-yes').focus();
    press('take-delete-yes');
    expect(desk.calls.at(-1)).toBe('remove 1');
    expect(parts('take').map(({ dataset }) => dataset['id'])).toEqual(['2']);
    expect(document.activeElement).toBe(part('take-play'));
  });

  test('are saved with their details', async () => {
    desk.store.update({ takes: [madeTake('1', 3)] });
    const names: string[] = [];
    vi.stubGlobal('showSaveFilePicker', undefined);
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
      this: HTMLAnchorElement,
    ) {
      names.push(this.download);
    });
    show();
    press('take-save');
    await vi.waitFor(() => expect(names).toEqual(['take.wav']));
    press('take-details');
    await vi.waitFor(() => expect(names).toEqual(['take.wav', 'take.json']));
    expect(part('take-said').textContent).toBe('Saved as take.json.');
    vi.unstubAllGlobals();
  });

  test('that could not be saved are still there, and say why', async () => {
    desk.store.update({ takes: [madeTake('1', 3)] });
    vi.stubGlobal('showSaveFilePicker', () => Promise.reject(new Error('The disk is full')));
    show();
    press('take-save');
    await vi.waitFor(() =>
      expect(part('take-said').textContent).toBe(
        'It was not saved: The disk is full. The recording is still here.',
      ),
    );
    const cancelled = new DOMException('The user aborted a request.', 'AbortError');
    vi.stubGlobal('showSaveFilePicker', () => Promise.reject(cancelled));
    press('take-save');
    await vi.waitFor(() => expect(part('take-said').textContent).toBe(''));
    vi.unstubAllGlobals();
  });
});

test.each(['storage-full', 'storage-denied', 'worker-failed'])(
  'a problem like %s is a card, and the takes stay',
  (code) => {
    desk.store.update({ takes: [madeTake('1', 3)] });
    show();
    const problem = { code, message: 'What happened.', remedy: 'What to do.' };
    desk.store.update({ phase: 'idle', notice: recordNotice(problem) });
    expect(part('error-card').dataset['code']).toBe(code);
    expect(part('error-card').getAttribute('role')).toBe('alert');
    part('error-card').querySelector('button')!.click();
    expect(desk.calls).toEqual(['refresh', 'refresh']);
    expect(parts('take')).toHaveLength(1);
  },
);

test('everybody can use it, empty and filled', async () => {
  const violations = async () =>
    (await axe.run(document)).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  show();
  expect(await violations()).toEqual([]);
  const dropouts = [{ atFrame: 0, frames: 480 }];
  const takes = ['1', '2', '3'].map((id) => madeTake(id, 3, { dropouts, isRecovered: true }));
  desk.store.update({ takes, recovered: 3 });
  desk.record(20, [3]);
  press('take-play');
  press('take-rename', 1);
  press('take-delete', 2);
  await vi.waitFor(() => expect(document.querySelector('.take-outline path')).not.toBeNull());
  expect(await violations()).toEqual([]);
});
