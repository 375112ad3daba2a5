// @ts-check
// What each thread of the browser takes of a core, as Linux counts it.
import fs from 'node:fs';

/** Of /proc, on every Linux that Chromium runs on. */
const TICKS_PER_SEC = 100;

/**
 * Processor time so far, by `PID/TID name`.
 * @typedef {ReadonlyMap<string, number>} ThreadTicks
 */

/**
 * @param {number} pid
 * @returns {[string, number][]}
 */
function threadsOf(pid) {
  const folder = `/proc/${pid}/task`;
  if (!fs.existsSync(folder)) return [];
  return fs.readdirSync(folder).flatMap((tid) => {
    // A thread may end while it is looked at.
    const file = `${folder}/${tid}/stat`;
    if (!fs.existsSync(file)) return [];
    const stat = fs.readFileSync(file, 'utf8');
    const end = stat.lastIndexOf(')');
    const name = stat.slice(stat.indexOf('(') + 1, end);
    const fields = stat.slice(end + 2).split(' ');
    // Fields 14 and 15 of proc(5), the third being the first after the name.
    return [[`${pid}/${tid} ${name}`, Number(fields[11]) + Number(fields[12])]];
  });
}

/**
 * The browser's processes, by its own count.
 * @param {import('@playwright/test').Browser} browser
 * @returns {Promise<{ type: string, id: number }[]>}
 */
export async function processesOf(browser) {
  const cdp = await browser.newBrowserCDPSession();
  const { processInfo } = await cdp.send('SystemInfo.getProcessInfo');
  await cdp.detach();
  return processInfo.map(({ type, id }) => ({ type, id }));
}

/**
 * @param {readonly { id: number }[]} processes
 * @returns {ThreadTicks} empty where the system is no Linux
 */
export const threadTicks = (processes) => new Map(processes.flatMap(({ id }) => threadsOf(id)));

/**
 * @param {ThreadTicks} before
 * @param {ThreadTicks} after
 */
export const ticksBetween = (before, after) =>
  [...after].reduce((sum, [key, ticks]) => sum + ticks - (before.get(key) ?? 0), 0);

/**
 * Shares of one core, threads of one name in one process together.
 * @param {ThreadTicks} before
 * @param {ThreadTicks} after
 * @param {number} seconds
 * @param {readonly { type: string, id: number }[]} processes
 * @returns {{ process: string, thread: string, share: number }[]} largest first
 */
export function threadShares(before, after, seconds, processes) {
  /** @type {Map<string, number>} */
  const shares = new Map();
  for (const [key, ticks] of after) {
    const [, pid, name] = /^(\d+)\/\d+ (.*)$/.exec(key) ?? [];
    const process = processes.find(({ id }) => String(id) === pid)?.type ?? 'other';
    const spent = (ticks - (before.get(key) ?? 0)) / TICKS_PER_SEC / seconds;
    const thread = `${process}\t${name}`;
    shares.set(thread, (shares.get(thread) ?? 0) + spent);
  }
  return [...shares]
    .map(([key, share]) => {
      const [process = '', thread = ''] = key.split('\t');
      return { process, thread, share };
    })
    .filter(({ share }) => share > 0)
    .toSorted((a, b) => b.share - a.share);
}

/**
 * @param {number} pid
 * @returns {number | null} resident bytes; null where the system does not tell
 */
export function residentBytes(pid) {
  const file = `/proc/${pid}/status`;
  if (!fs.existsSync(file)) return null;
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB/m.exec(fs.readFileSync(file, 'utf8')) ?? [];
  return kilobytes === undefined ? null : 1024 * Number(kilobytes);
}
