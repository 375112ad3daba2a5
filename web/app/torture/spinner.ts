/** A Worker that keeps a core busy for as long as it lives. */
for (;;);
