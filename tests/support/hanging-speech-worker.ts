/** The speech Worker as it is, which a message has work at nothing for ever. */
import '../../web/lib/stt/stt-worker.ts';

addEventListener('message', ({ data }) => {
  if (data === 'hang') for (;;);
});
