/** Starts the page's own Workers, and nothing else, under the policy of trusted types. */

interface UrlPolicy {
  createScriptURL(url: string): unknown;
}

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): UrlPolicy;
}

/** The policy's name in the page's headers, which allow it once. */
const policyName = 'app';

// Browsers without trusted types take the address as it is.
const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes };
const policy = trustedTypes?.createPolicy(policyName, { createScriptURL: ownUrl });

/** @param url Of the page's own origin, as the bundler gives it. */
export function startWorker(url: string): Worker {
  const trusted = policy === undefined ? ownUrl(url) : policy.createScriptURL(url);
  return new Worker(trusted as string, { type: 'module' });
}

/**
 * @param url Of the page's own origin.
 * @returns Undefined where somebody has switched service workers off from outside.
 */
export function registerServiceWorker(url: string): Promise<ServiceWorkerRegistration | undefined> {
  const trusted = policy === undefined ? ownUrl(url) : policy.createScriptURL(url);
  return navigator.serviceWorker.register(trusted as string);
}

function ownUrl(url: string): string {
  const { origin, href } = new URL(url, location.href);
  if (origin !== location.origin) throw new TypeError(`${origin} is not the page’s own origin.`);
  return href;
}
