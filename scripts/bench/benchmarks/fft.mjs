// @ts-check
import { debianVersion, packageVersion } from '../versions.mjs';

const SIZES = [256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536];

/** Those for which FFTW is planned: see tests/native/bench/benchmark.h. */
const FFTW_SIZES = [1024, 4096, 8192, 16384, 32768];

const PFFFT = '@echogarden/pffft-wasm';
const KISS = 'KissFFT, scalar';
const FFTW = 'FFTW, native';

/**
 * @param {string} name
 * @param {string} code
 * @returns {import('../benchmark.mjs').Contestant}
 */
const ofPackage = (name, code) => ({
  name,
  host: 'chromium',
  code: `js:fft/${code}`,
  version: () => packageVersion(name),
});

/**
 * @param {number} size
 * @returns {import('../benchmark.mjs').Contestant[]}
 */
function peersAt(size) {
  /** @type {import('../benchmark.mjs').Contestant[]} */
  const peers = [
    ofPackage(PFFFT, `pffft-${size}`),
    ofPackage('@echogarden/kissfft-wasm', `kissfft-${size}`),
    ofPackage('fft.js', `fft-js-${size}`),
    { name: KISS, host: 'chromium', code: `cpp:fft_kiss_${size}` },
    { name: 'the same C++, native', host: 'native', code: `cpp:fft_${size}` },
  ];
  if (!FFTW_SIZES.includes(size)) return peers;
  const version = () => debianVersion('libfftw3-dev');
  return [...peers, { name: FFTW, host: 'native', code: `cpp:fft_fftw_${size}`, version }];
}

/**
 * @param {number} size
 * @returns {import('../benchmark.mjs').Bar[]}
 */
function barsAt(size) {
  if (size === 32768) {
    return [
      { peer: PFFFT, ratio: 1.35 },
      { peer: KISS, ratio: 7 },
      { peer: FFTW, ratio: 1 / 1.5 },
    ];
  }
  return [1024, 4096, 8192, 16384].includes(size) ? [{ peer: PFFFT, ratio: 1.2 }] : [];
}

/**
 * The spectrum of real samples, its bins in order. The peers' real and imaginary parts lie in pairs,
 * ours in two arrays.
 * @type {import('../benchmark.mjs').Benchmark}
 */
export const fft = {
  name: 'fft',
  groups: ['analysis'],
  rows: SIZES.map((size) => ({
    name: `fft-${size}`,
    operation: `transform of ${size} real samples`,
    unit: 'us',
    ours: { name: 'RealFft', host: 'chromium', code: `cpp:fft_${size}` },
    peers: peersAt(size),
    bars: barsAt(size),
  })),
};
