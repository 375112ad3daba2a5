/** The Worker of a file player: reads and decodes the file, and pushes its frames into the input. */
import { PushView } from '../../shared/push-block.ts';
import { Producer } from '../bus/producer.ts';
import { DecodedFile, FileRefused } from './decoded-file.ts';
import type { PlayerOrder, PlayerReport } from './messages.ts';
import { Pump } from './pump.ts';

let file: DecodedFile | null = null;
let pump: Pump | null = null;

const tell = (report: PlayerReport): void => postMessage(report);

addEventListener('message', ({ data }: MessageEvent<PlayerOrder>) => {
  switch (data.kind) {
    case 'open':
      void open(data.source);
      return;
    case 'start':
      start(data);
      return;
    case 'play':
      pump?.play();
      return;
    case 'pause':
      pump?.pause();
      return;
    case 'seek':
      pump?.seek(data.frame);
      return;
    case 'loop':
      pump?.setLoop(data.loop);
  }
});

async function open(source: Blob | string): Promise<void> {
  try {
    file = await DecodedFile.open(source);
    tell({ kind: 'opened', file: file.facts });
  } catch (error) {
    const refusal =
      error instanceof FileRefused
        ? error.refusal
        : ({ code: 'file-unreadable', detail: String(error) } as const);
    tell({ kind: 'refused', refusal });
  }
}

function start({ producer: data, loop }: Extract<PlayerOrder, { kind: 'start' }>): void {
  if (file === null) throw new Error('The player was started before its file was open.');
  const producer = Producer.attach(data);
  const view = new PushView(data.buffer, data.wordsOffset);
  let words = view.read();
  const underruns = (): number => {
    words = view.read() ?? words;
    return words?.underruns ?? 0;
  };
  const leadFrames = words?.targetFrames ?? 0;
  pump = new Pump({ producer, source: file, underruns, tell, leadFrames, loop });
  void pump.run();
}
