import { spawnSync } from 'node:child_process';
import { openSync, closeSync, ftruncateSync, writeSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fromRoot } from '../../scripts/lib/paths.mjs';
import { COMMANDS } from '../../scripts/quanta/commands.mjs';
import { type Failure, QuantaFolder, type Reading } from '../support/quanta.ts';
import { readSource } from '../support/source-tree.ts';
import { wavBytes } from '../support/wav-bytes.ts';
import { sine } from '../support/wav.ts';

const folder = new QuantaFolder();
afterAll(() => folder[Symbol.dispose]());

const rateHz = 48000;
const stereo = [sine(1000, 0.5, 1, rateHz), sine(1000, 0.25, 1, rateHz)];

beforeAll(() => {
  folder.write('one.wav', wavBytes(stereo, { rateHz, encoding: 'int24' }));
  folder.write('two.wav', wavBytes([stereo[0]!], { rateHz: 44100 }));
  folder.write('bad.wav', Buffer.from('nothing of the kind'));
});

describe('quanta', () => {
  test('explains itself', async () => {
    const { exitCode, stdout, stderr } = await folder.run(['--help']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    for (const { name, summary } of COMMANDS) {
      expect(stdout).toContain(name);
      expect(stdout).toContain(summary);
    }
    expect(stdout).toContain('Exit codes: 0 ');
  });

  test.each(COMMANDS.map(({ name }) => name))('explains %s and its options', async (name) => {
    const { exitCode, stdout, stderr } = await folder.run([name, '--help']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const command = COMMANDS.find((known) => known.name === name)!;
    expect(stdout).toContain(`npm run quanta -- ${name} ${command.operands}`);
    for (const [option, { help }] of Object.entries(command.options)) {
      expect(stdout).toContain(`--${option}`);
      expect(stdout).toContain(help);
    }
  });

  test('tells its version', async () => {
    const { version } = JSON.parse(readSource('package.json')) as { version: string };
    const ended = await folder.run(['--version']);
    expect(ended).toEqual({ exitCode: 0, stdout: `quanta ${version}\n`, stderr: '' });
  });

  test.each([
    { args: [], says: 'Usage: npm run quanta -- COMMAND' },
    { args: ['melt', 'one.wav'], says: 'quanta: there is no command melt.' },
    { args: ['--loud'], says: 'quanta: there is no command --loud.' },
    { args: ['meter'], says: 'quanta: meter takes one file or more.' },
    { args: ['meter', '--loud', 'one.wav'], says: "quanta: Unknown option '--loud'." },
    {
      args: ['meter', '--json=yes', 'one.wav'],
      says: "quanta: Option '--json' does not take an argument.",
    },
    { args: ['resample', 'one.wav'], says: 'quanta: resample takes two names' },
    { args: ['resample', 'one.wav', 'a.wav', 'b.wav'], says: 'quanta: resample takes two names' },
    { args: ['resample', 'one.wav', 'a.wav', '--rate'], says: 'quanta: Option' },
    {
      args: ['resample', 'one.wav', 'a.wav', '--rate', '2999'],
      says: 'a whole number from 3000 to 768000, was 2999.',
    },
    { args: ['resample', 'one.wav', 'a.wav', '--rate', '768001'], says: 'was 768001.' },
    { args: ['resample', 'one.wav', 'a.wav', '--rate', '16k'], says: 'was 16k.' },
    { args: ['resample', 'one.wav', 'a.wav', '--rate='], says: 'was nothing.' },
    { args: ['analyze'], says: 'quanta: analyze takes one file or more.' },
    { args: ['analyze', 'one.wav', '--window', '255'], says: 'from 256 to 65536, was 255.' },
    { args: ['analyze', 'one.wav', '--window', '65537'], says: 'from 256 to 65536, was 65537.' },
    {
      args: ['analyze', 'one.wav', '--window', '1001'],
      says: '--window takes a multiple of 4 without other factors than 2, 3 and 5, was 1001.',
    },
    { args: ['analyze', 'one.wav', '--window', '270'], says: 'a multiple of 4' },
    { args: ['analyze', 'one.wav', '--hop', '0'], says: 'from 1 to 2147483647, was 0.' },
    { args: ['analyze', 'one.wav', '--channel', '0'], says: 'from 1 to 65535, was 0.' },
    { args: ['delay', 'one.wav'], says: 'quanta: delay takes two names' },
    { args: ['delay', 'one.wav', 'two.wav', 'bad.wav'], says: 'quanta: delay takes two names' },
    { args: ['delay', 'one.wav', 'two.wav', '--channel', 'L'], says: 'was L.' },
  ])('ends with 2 and says what is wrong with: $args', async ({ args, says }) => {
    const { exitCode, stdout, stderr } = await folder.run(args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(says);
    expect(stderr).toContain('npm run quanta -- ');
    expect(folder.names).not.toContain('a.wav');
  });

  test('goes on after a file that it cannot use, and ends with 1', async () => {
    const files = ['one.wav', 'bad.wav', 'gone.wav', 'two.wav'];
    const { exitCode, stdout, stderr } = await folder.run(['meter', ...files]);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^one\.wav: 48000 Hz, 2 channels \(FL FR\), int24, 1\.000 s$/m);
    expect(stdout).toMatch(/^two\.wav: 44100 Hz, 1 channel \(FC\), float32, 1\.088 s$/m);
    expect(stderr.trim().split('\n')).toEqual([
      'quanta: bad.wav: is not a WAV file: it begins with "nothing of t".',
      'quanta: gone.wav: no such file.',
    ]);
  });

  test('takes a file whose name begins with a dash behind two of them', async () => {
    folder.write('-x.wav', wavBytes(stereo, { rateHz }));
    expect((await folder.run(['meter', '--', '-x.wav'])).exitCode).toBe(0);
  });
});

describe('meter prints', () => {
  test('every reading with its unit', async () => {
    const { exitCode, stdout } = await folder.run(['meter', 'one.wav']);
    expect(exitCode).toBe(0);
    const lines = stdout.trimEnd().split('\n').slice(1);
    expect(lines.map((line) => line.trim().replace(/ {2,}/g, ' '))).toEqual([
      'peak -6.02 dBFS',
      expect.stringMatching(/^true peak -6\.0\d dBTP$/),
      expect.stringMatching(/^RMS -11\.0\d dBFS$/),
      expect.stringMatching(/^max momentary -8\.0\d LUFS$/),
      expect.stringMatching(/^max short-term -12\.8\d LUFS$/),
      expect.stringMatching(/^integrated -8\.0\d LUFS$/),
      'loudness range 0.00 LU',
    ]);
  });

  test('minus infinity as the level of silence', async () => {
    folder.write('silence.wav', wavBytes([new Float32Array(48000)], { rateHz }));
    const { stdout } = await folder.run(['meter', 'silence.wav']);
    expect(stdout).toMatch(/^ {2}integrated +-inf LUFS$/m);
    expect(stdout).not.toMatch(/NaN|Infinity/);
  });
});

describe('--json prints', () => {
  test('one object with every file and every member', async () => {
    const { exitCode, stdout } = await folder.run(['meter', 'one.wav', 'bad.wav', '--json']);
    expect(exitCode).toBe(1);
    const object = JSON.parse(stdout) as { files: [Reading, Failure] };
    expect(object).toEqual({ schema: 1, command: 'meter', files: object.files });
    const number: unknown = expect.any(Number);
    const levels = { peakDbfs: number, truePeakDbtp: number, rmsDbfs: number };
    expect(object.files).toEqual([
      {
        file: 'one.wav',
        ok: true,
        rateHz,
        channels: 2,
        encoding: 'int24',
        frames: 48000,
        seconds: 1,
        promisedFrames: null,
        ...levels,
        maxMomentaryLufs: number,
        maxShortTermLufs: number,
        integratedLufs: number,
        rangeLu: 0,
        badSamples: 0,
        channelReadings: [
          { place: 'FL', weight: 1, ...levels },
          { place: 'FR', weight: 1, ...levels },
        ],
      },
      {
        file: 'bad.wav',
        ok: false,
        error: { code: 'not-wav', message: expect.any(String) as unknown },
      },
    ]);
  });

  test('levels with two decimals at most', async () => {
    const { stdout } = await folder.run(['meter', 'one.wav', '--json']);
    const decimals = [...stdout.matchAll(/"\w+(?:Dbfs|Dbtp|Lufs|Lu)": (\S+?),?$/gm)];
    expect(decimals.length).toBe(13);
    for (const [, value] of decimals) expect(value).toMatch(/^-?\d+(\.\d{1,2})?$/);
  });

  test('what was resampled', async () => {
    const { stdout } = await folder.run(['resample', 'one.wav', 'out.wav', '--json']);
    expect(JSON.parse(stdout)).toEqual({
      schema: 1,
      command: 'resample',
      files: [
        {
          file: 'one.wav',
          ok: true,
          rateHz,
          channels: 2,
          encoding: 'int24',
          frames: 48000,
          seconds: 1,
          promisedFrames: null,
          output: { file: 'out.wav', rateHz: 16000, frames: 16000, badSamples: 0 },
        },
      ],
    });
  });
});

/** A process of its own; the first one may have to build. */
const timeout = 300_000;

describe('the program', { timeout }, () => {
  const program = fromRoot('scripts/quanta.mjs');

  // What is not fresh is built now, and not while a test looks.
  beforeAll(() => {
    spawnSync(process.execPath, [program, 'meter', 'one.wav'], { cwd: folder.path });
  }, timeout);

  test('prints on stdout what the command prints, and nothing else', () => {
    const args = [program, 'meter', 'one.wav', '--json'];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: folder.path,
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ files: [{ file: 'one.wav', ok: true }] });
  });

  test('finds files from where npm was called', () => {
    const env = { ...process.env, npm_lifecycle_event: 'quanta', INIT_CWD: folder.path };
    const args = [program, 'meter', 'one.wav'];
    const { status } = spawnSync(process.execPath, args, { cwd: fromRoot(), env });
    expect(status).toBe(0);
  });

  test('never shows a stack', () => {
    for (const args of [['meter', 'bad.wav', 'gone.wav', '.'], ['melt'], []]) {
      const { status, stderr } = spawnSync(process.execPath, [program, ...args], {
        cwd: folder.path,
        encoding: 'utf8',
      });
      expect(status).toBeGreaterThan(0);
      expect(stderr).not.toMatch(/^\s+at |node:/m);
    }
  });
});

describe('memory', { timeout }, () => {
  /** Runs the program on a file of silence; returns the most that it ever held, in MB. */
  function memoryFor(minutes: number): number {
    const frames = 60 * minutes * rateHz;
    const header = wavBytes([[0]], { rateHz, encoding: 'int8', claims: { dataBytes: frames } });
    // A file with a hole: it takes no room on the disk.
    const file = openSync(folder.pathOf('long.wav'), 'w');
    writeSync(file, header);
    ftruncateSync(file, 44 + frames);
    closeSync(file);
    const script = `
      import { main } from ${JSON.stringify(fromRoot('scripts/quanta/main.mjs'))};
      const output = { out: () => 0, err: console.error };
      const prepare = () => Promise.resolve(true);
      process.exitCode = await main(['meter', 'long.wav'], { output, folder: '.', prepare });
      console.log(process.resourceUsage().maxRSS);`;
    const args = ['--input-type=module', '--eval', script];
    const { status, stdout } = spawnSync(process.execPath, args, {
      cwd: folder.path,
      encoding: 'utf8',
    });
    expect(status).toBe(0);
    return Number(stdout) / 1024;
  }

  test('does not grow with the file', () => {
    // An hour has 165 MB.
    expect(memoryFor(60) - memoryFor(1)).toBeLessThan(30);
  });
});
