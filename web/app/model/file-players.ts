/** The files that are played into inputs of the mixer. */
import { FilePlayer, type InputSource, type Session } from '../../lib/index.ts';
import { startWorker } from './own-worker.ts';

const players = new WeakMap<InputSource, FilePlayer>();

/** Plays a file on an input from now on. @throws What `FilePlayer.open()` throws. */
export async function playFile(
  session: Session,
  file: File,
  { input, loop }: { readonly input: number; readonly loop: boolean },
): Promise<void> {
  const player = await FilePlayer.open(session, file, { input, loop, startWorker });
  const source = session.sources[input] ?? null;
  if (source !== null) players.set(source, player);
  player.play();
}

/** The player behind a source; null where it is another kind of source. */
export function playerOf(source: InputSource): FilePlayer | null {
  return players.get(source) ?? null;
}
