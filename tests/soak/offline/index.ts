/** What runs without a browser. */
export { frameLatencies } from './frame-latency.ts';
export { runOffline } from './run.ts';
