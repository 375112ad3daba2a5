import {
  encodeCommand,
  type MixerCommand,
  readResponse,
  writeCommand,
} from '../../../web/lib/mixer/command.ts';
import {
  commandStatus,
  commandWords,
  constants,
  directoryWord,
  responseWords,
} from '../../../web/shared/layout.gen.ts';
import { SlotQueueConsumer, SlotQueueProducer } from '../../../web/shared/slot-queue.ts';

/** The page's end of the queues, without its timers. */
export class CommandPort {
  sent = 0;
  answered = 0;
  /** Answers that name another frame than the command did, or refuse it. */
  wrong = 0;
  readonly #commands: SlotQueueProducer;
  readonly #responses: SlotQueueConsumer;
  readonly #frames = new Map<number, number>();

  constructor(buffer: ArrayBufferLike) {
    const directory = new Uint32Array(buffer, constants.arenaBase);
    const at = (word: number): number => directory[word]!;
    this.#commands = new SlotQueueProducer(buffer, at(directoryWord.commands), commandWords);
    this.#responses = new SlotQueueConsumer(buffer, at(directoryWord.responses), responseWords);
  }

  /** @param frame Of the audio clock, in the future. */
  send(command: MixerCommand, frame: number): void {
    this.sent += 1;
    const tag = this.sent;
    const encoded = encodeCommand(command);
    if (!this.#commands.push((slot) => writeCommand(slot, tag, encoded, frame))) {
      throw new Error('The command queue is full.');
    }
    this.#frames.set(tag, frame);
  }

  takeAnswers(): void {
    for (
      let next = this.#responses.pop(readResponse);
      next;
      next = this.#responses.pop(readResponse)
    ) {
      const { tag, status, appliedAtFrame } = next;
      const isRight = status === commandStatus.applied && appliedAtFrame === this.#frames.get(tag);
      if (!isRight) this.wrong += 1;
      this.#frames.delete(tag);
      this.answered += 1;
    }
  }
}
