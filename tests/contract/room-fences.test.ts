import { describe, expect, test } from 'vitest';
import { cppViolations, typescriptViolations } from '../support/fences.ts';
import { readSource, sourceFiles } from '../support/source-tree.ts';

const typescriptFiles = sourceFiles.filter((file) => /^(web|worklet)\/.*\.ts$/.test(file));
const cppFiles = sourceFiles.filter((file) => /^wasm\/.*\.(h|cpp)$/.test(file));

describe('the fences between rooms', () => {
  test('hold for every TypeScript file of the page, the library and the worklet', () => {
    expect(typescriptFiles.length).toBeGreaterThan(10);
    const found = typescriptFiles.flatMap((file) => typescriptViolations(file, readSource(file)));
    expect(found).toEqual([]);
  });

  test('hold for every C++ file of the engine', () => {
    expect(cppFiles.length).toBeGreaterThan(10);
    expect(cppFiles.flatMap((file) => cppViolations(file, readSource(file)))).toEqual([]);
  });

  test.each([
    ['worklet/a.ts', "import { b } from '../web/lib/index.ts';"],
    ['worklet/a.ts', "import 'some-package';"],
    ['web/shared/a.ts', "export * from '../lib/errors.ts';"],
    ['web/lib/capture/a.ts', "import type { B } from '../telemetry/b.ts';"],
    ['web/lib/capture/a.ts', "import { Session } from '../session.ts';"],
    ['web/lib/errors.ts', "import { b } from './capture/b.ts';"],
    ['web/lib/session.ts', "import { b } from './index.ts';"],
    ['web/lib/session.ts', "import { b } from './audio-capture.ts';"],
    ['web/lib/capture/a.ts', "import { b } from '../audio-capture.ts';"],
    ['web/app/a.ts', "import { b } from '../lib/session.ts';"],
    ['web/app/a.ts', "const b = await import('../shared/b.ts');"],
    ['web/lib/host/a.ts', "import { b } from '../../../worklet/b.ts';"],
    ['web/lib/host/a.ts', "import type * as Onnx from 'onnxruntime-web/wasm';"],
    ['web/lib/stt/a.ts', "import 'some-package/wasm';"],
    ['web/lib/capture/a.ts', "import { Input } from 'mediabunny';"],
  ])('stop %s with %s', (file, text) => {
    expect(typescriptViolations(file, text)).toHaveLength(1);
  });

  test.each([
    ['worklet/a.ts', "import { b } from '../build/fallback/engine-fallback.js';"],
    ['web/lib/capture/a.ts', "import { b } from '../bus/b.ts';"],
    ['web/lib/capture/a.ts', "import { b } from '../errors.ts';"],
    ['web/lib/session.ts', "import { b } from './capture/b.ts';"],
    ['web/lib/audio-capture.ts', "import { b } from './session.ts';"],
    ['web/lib/stt/a.ts', "import * as onnx from 'onnxruntime-web/wasm';"],
    ['web/lib/player/a.ts', "import { Input } from 'mediabunny';"],
    ['web/lib/host/a.ts', "import url from '../../../worklet/processor.ts?worker&url';"],
    ['web/app/a.ts', "import { b } from '../lib/index.ts';"],
  ])('let pass %s with %s', (file, text) => {
    expect(typescriptViolations(file, text)).toEqual([]);
  });

  test.each([
    ['wasm/core/a.h', '#include "dsp/b.h"'],
    ['wasm/shared/a.h', '#include "core/b.h"'],
    ['wasm/dsp/a.cpp', '#include "b.h"'],
    ['wasm/engine/a.h', '#include "offline/b.h"'],
  ])('stop %s with %s', (file, text) => {
    expect(cppViolations(file, text)).toHaveLength(1);
  });
});
