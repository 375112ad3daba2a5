import { defineElements } from './views/elements.ts';

defineElements();
