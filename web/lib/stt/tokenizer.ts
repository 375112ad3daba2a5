const firstPieceId = 3;
const space = '▁';
const byteForm = /^<0x([0-9A-F]{2})>$/;

/** Turns tokens into text: SentencePiece with bytes for what has no piece (Kudo 2018). */
export class Tokenizer {
  readonly #pieces: readonly Uint8Array[];

  /** @param pieces Of the vocabulary, by id: `<0x41>` is a byte, `▁` a space. */
  constructor(pieces: readonly string[]) {
    const encoder = new TextEncoder();
    this.#pieces = pieces.map((piece, id) => bytesOf(piece, id, encoder));
  }

  /** The vocabulary from its file. @throws SyntaxError, TypeError where it is none. */
  static parse(bytes: Uint8Array): Tokenizer {
    const pieces: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (!Array.isArray(pieces) || !pieces.every((piece) => typeof piece === 'string')) {
      throw new TypeError('A vocabulary is a list of strings.');
    }
    return new Tokenizer(pieces);
  }

  /** The text of tokens; those that stand for no text, and unknown ones, are passed over. */
  decode(ids: readonly number[]): string {
    const bytes = ids.flatMap((id) => [...(this.#pieces[id] ?? [])]);
    return new TextDecoder().decode(Uint8Array.from(bytes)).trim();
  }
}

function bytesOf(piece: string, id: number, encoder: TextEncoder): Uint8Array {
  if (id < firstPieceId) return new Uint8Array();
  const [, hex] = byteForm.exec(piece) ?? [];
  if (hex !== undefined) return Uint8Array.of(Number.parseInt(hex, 16));
  return encoder.encode(piece.replaceAll(space, ' '));
}
