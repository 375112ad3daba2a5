import { expect, test } from '@playwright/test';
import {
  type Certificate,
  certificateOf,
  isUntouched,
} from '../../scripts/certify/certificate.mjs';
import { certificateLines } from '../../scripts/certify/report.mjs';
import { runCertified } from '../../scripts/certify/run.mjs';

// `npm run certify` for longer.
const minutes = 0.5;

async function certify(control: string | null): Promise<Certificate> {
  const certificate = certificateOf(await runCertified({ minutes, control }), control);
  const body = certificateLines(certificate).join('\n');
  await test.info().attach('certificate.txt', { body });
  return certificate;
}

const missedOf = ({ checks }: Certificate): string[] =>
  checks.filter(({ met }) => !met).map(({ name }) => name);

test('half a minute with everything on is certified: no garbage, no growth, no sample lost', async () => {
  test.setTimeout(300_000);
  const certificate = await certify(null);
  expect(missedOf(certificate)).toEqual([]);
  expect(certificate).toMatchObject({ verdict: 'pass', full: false, collections: [] });
  for (const { delivered } of certificate.books.listeners) expect(delivered).toBeGreaterThan(0);
  for (const { taken } of certificate.books.pushes) expect(taken).toBeGreaterThan(0);
});

test('a processor that allocates is refused, and its certificate cannot be turned', async () => {
  test.setTimeout(300_000);
  const certificate = await certify('allocating');
  expect(certificate).toMatchObject({ verdict: 'fail', control: 'allocating' });
  expect(missedOf(certificate)).toContain('garbage collections on the audio thread');
  const text = JSON.stringify(certificate, undefined, 1);
  expect(isUntouched(text)).toBe(true);
  expect(isUntouched(text.replace('"verdict": "fail"', '"verdict": "pass"'))).toBe(false);
});
