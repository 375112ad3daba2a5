/** The engine's JavaScript form as a module of its own: most pages never run it. */
import { instantiate } from '../build/fallback/engine-fallback.js';
import { offerFallback } from './fallback-offer.ts';

offerFallback(instantiate);
