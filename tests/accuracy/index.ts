/** What `npm run accuracy` runs. */
export { reportPage } from './report.ts';
export { runAccuracy } from './run.ts';
