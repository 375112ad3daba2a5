import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { installInstruction } from '../../scripts/lib/package-manager.mjs';
import { root } from '../../scripts/lib/paths.mjs';
import { missingTools } from '../../scripts/lib/tools.mjs';

/** The commands that `npm start` needs, and the Debian packages that bring them. */
const COMMANDS = ['em++', 'wasm2js', 'cmake', 'ninja', 'c++'];
const PACKAGES = 'emscripten binaryen cmake ninja-build g++';

/** A machine whose PATH holds nothing but what a test puts there. */
class BareMachine {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'quanta-'));
  readonly #log = path.join(this.folder, 'apt.log');

  /** A command of this machine; shell builtins are all it can use. */
  add(name: string, script: string): void {
    const file = path.join(this.folder, name);
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
  }

  /** An apt-get that writes down how it was called and then does what `install` says. */
  addApt(install: string): void {
    this.add('env', 'shift\nexec "$@"');
    this.add('sudo', 'exec "$@"');
    this.add('apt-get', `echo "$*" >> ${this.#log}\ncase "$*" in *install*) ${install} ;; esac`);
  }

  /** A shell fragment after which the tools are there. */
  get toolsAppear(): string {
    return COMMANDS.map((name) => `: > ${path.join(this.folder, name)}`).join('; ');
  }

  /** The calls of apt-get, without `update` and without apt-get's own options. */
  get installs(): string[] {
    if (!existsSync(this.#log)) return [];
    const calls = readFileSync(this.#log, 'utf8').trim().split('\n');
    return calls
      .filter((call) => call.includes('install'))
      .map((call) => call.replace(/^.* -y /, ''));
  }

  get updates(): number {
    const calls = readFileSync(this.#log, 'utf8').trim().split('\n');
    return calls.filter((call) => call === 'update').length;
  }

  setup(): { status: number | null; output: string } {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['scripts/setup.mjs', '--for', 'start'],
      { cwd: root, env: { PATH: this.folder }, encoding: 'utf8' },
    );
    return { status, output: stdout + stderr };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

describe('setup for npm start', () => {
  let machine: BareMachine;

  beforeEach(() => {
    machine = new BareMachine();
  });

  afterEach(() => {
    vi.unstubAllEnvs();
    machine.remove();
  });

  test('installs what is missing, says why, and the second time does nothing', () => {
    machine.addApt(machine.toolsAppear);
    const first = machine.setup();
    expect(first.output).toContain('Emscripten: compiles the engine to WebAssembly');
    expect(first.status).toBe(0);
    expect(machine.installs).toEqual([`--no-install-recommends ${PACKAGES}`]);
    const second = machine.setup();
    expect(second.status).toBe(0);
    expect(second.output.trim()).toBe('Everything for `start` is there.');
    expect(machine.installs).toHaveLength(1);
  });

  test('installs only the one tool that is missing', () => {
    for (const name of COMMANDS.filter((command) => command !== 'ninja')) machine.add(name, '');
    machine.addApt(machine.toolsAppear);
    expect(machine.setup().status).toBe(0);
    expect(machine.installs).toEqual(['--no-install-recommends ninja-build']);
  });

  test('reads the package lists anew when an install fails, and tries once more', () => {
    const failed = path.join(machine.folder, 'failed');
    machine.addApt(`[ -e ${failed} ] || { : > ${failed}; exit 100; }; ${machine.toolsAppear}`);
    expect(machine.setup().status).toBe(0);
    expect(machine.installs).toHaveLength(2);
    expect(machine.updates).toBeGreaterThan(0);
  });

  test('fails by name when the package manager cannot install', () => {
    machine.addApt('exit 100');
    const { status, output } = machine.setup();
    expect(status).toBe(1);
    expect(output).toContain('Could not install emscripten, binaryen');
  });

  test('fails by name when a package brings no such tool', () => {
    machine.addApt('exit 0');
    const { status, output } = machine.setup();
    expect(status).toBe(1);
    expect(output).toContain('Emscripten is still missing.');
  });

  test('prints what to install where there is no package manager that it knows', () => {
    const { status, output } = machine.setup();
    expect(status).toBe(1);
    expect(output).toContain("Install with your system's package manager:");
    expect(output).toContain('Ninja (Debian: ninja-build)');
    expect(output).not.toContain('    at ');
  });

  test('prints the command where only root can install', () => {
    machine.add('apt-get', 'exit 1');
    vi.stubEnv('PATH', machine.folder);
    expect(installInstruction(missingTools('start'))).toContain(
      `\n  apt-get update && apt-get install -y --no-install-recommends ${PACKAGES}`,
    );
  });
});
