/** Starts a Worker from a URL of the library, under the page's own policy where it has one. */
export type WorkerStarter = (url: string) => Worker;

/** In pages without such a policy. */
export const startModule: WorkerStarter = (url) => new Worker(url, { type: 'module' });
