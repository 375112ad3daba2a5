// @ts-check
// What counts as a wrong word. Texts are compared as they are spoken: in small letters, without marks,
// hyphens as spaces, numbers as words, short forms as long ones, and words that are spelled in two ways
// as one of them.

const SMALL = [
  ...['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'],
  ...['eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen'],
  'nineteen',
];
const TENS = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];

/** Spelled in two ways, or as one word or two. */
const SPELLINGS = /** @type {const} */ ([
  ['mr', 'mister'],
  ['ok', 'okay'],
  ['metre', 'meter'],
  ['metres', 'meters'],
  ['centre', 'center'],
  ['programme', 'program'],
  ['cancelled', 'canceled'],
  ['voice mail', 'voicemail'],
  ['touch tone', 'touchtone'],
  ['key pad', 'keypad'],
  ['black list', 'blacklist'],
  ['mail box', 'mailbox'],
  ['good bye', 'goodbye'],
  ['call back', 'callback'],
  ['play back', 'playback'],
  ['log in', 'login'],
  ['re record', 'rerecord'],
  ['un delete', 'undelete'],
]);

/** Short forms, as they are written. */
const CONTRACTIONS = /** @type {const} */ ([
  [/\bwon't\b/g, 'will not'],
  [/\bcan't\b/g, 'can not'],
  [/\bcannot\b/g, 'can not'],
  [/n't\b/g, ' not'],
  [/'re\b/g, ' are'],
  [/'m\b/g, ' am'],
  [/'ll\b/g, ' will'],
  [/'ve\b/g, ' have'],
  [/\b(that|it|what|there|he|she)'s\b/g, '$1 is'],
]);

/**
 * A whole number from 0 to 99 in words; others digit by digit.
 * @param {string} digits
 */
function spoken(digits) {
  const value = Number(digits);
  if (digits.length > 2 || digits.startsWith('0')) return Array.from(digits, digit).join(' ');
  if (value < SMALL.length) return SMALL[value] ?? '';
  const unit = value % 10 === 0 ? '' : ` ${SMALL[value % 10]}`;
  return `${TENS[Math.floor(value / 10) - 2]}${unit}`;
}

/** @param {string} character */
const digit = (character) => SMALL[Number(character)] ?? '';

/**
 * The words of a text as they are compared.
 * @param {string} text
 * @returns {string[]}
 */
export function wordsOf(text) {
  const long = CONTRACTIONS.reduce(
    (words, [short, full]) => words.replace(short, full),
    text.toLowerCase().replaceAll('’', "'"),
  );
  const plain = long
    .replaceAll("'", '')
    .replace(/\d+/g, (digits) => ` ${spoken(digits)} `)
    .replace(/[^a-z]+/g, ' ')
    .trim();
  const spelled = SPELLINGS.reduce(
    (words, [one, other]) => words.replaceAll(new RegExp(`\\b${one}\\b`, 'g'), other),
    plain,
  );
  return spelled.split(' ').filter(Boolean);
}

/**
 * Words that have to be put in, taken out or changed (Levenshtein 1966).
 * @param {readonly string[]} said
 * @param {readonly string[]} heard
 * @returns {number}
 */
export function wordErrors(said, heard) {
  let row = Array.from({ length: heard.length + 1 }, (_, i) => i);
  for (const [i, word] of said.entries()) {
    const next = [i + 1];
    for (const [j, other] of heard.entries()) {
      const changed = (row[j] ?? 0) + (word === other ? 0 : 1);
      next.push(Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[heard.length] ?? 0;
}
