/** The commands that documents may show, each with what proves that it works. */
import { readSource } from './source-tree.ts';

interface Proof {
  /** The file that runs it. */
  readonly file: string;
  /** The text in that file that does so. */
  readonly evidence: string;
}

const COMMANDS_TEST = 'tests/contract/commands.test.ts';
const SPEECH_TEST = 'tests/contract/speech-commands.test.ts';

const proofs: Readonly<Record<string, Proof>> = {
  'npm start': { file: COMMANDS_TEST, evidence: "['start'" },
  'npm start -- --port': { file: COMMANDS_TEST, evidence: "'--port'" },
  'npm run dev': { file: COMMANDS_TEST, evidence: "['run', 'dev'" },
  'npm run build': { file: COMMANDS_TEST, evidence: "['run', 'build']" },
  'npm run gen': { file: COMMANDS_TEST, evidence: "['run', 'gen']" },
  'npm run gen -- --check': { file: COMMANDS_TEST, evidence: "['run', 'gen', '--', '--check']" },
  'npm run setup': { file: COMMANDS_TEST, evidence: "['run', 'setup']" },
  'npm run quanta -- meter': { file: COMMANDS_TEST, evidence: "'--', 'meter', input])" },
  'npm run -s quanta -- meter --json': {
    file: COMMANDS_TEST,
    evidence: "['run', '-s', 'quanta', '--', 'meter', input, '--json']",
  },
  'npm run quanta -- resample --rate': {
    file: COMMANDS_TEST,
    evidence: "['resample', input, output, '--rate', '16000']",
  },
  'npm run quanta -- analyze --window': {
    file: COMMANDS_TEST,
    evidence: "['analyze', input, '--window', '8192']",
  },
  'npm run quanta -- delay': { file: COMMANDS_TEST, evidence: "'--', 'delay', first, second])" },
  'npm run quanta -- transcribe': { file: SPEECH_TEST, evidence: "['transcribe', speech" },
  'npm run quanta -- transcribe --format': {
    file: SPEECH_TEST,
    evidence: "['transcribe', speech, '--format', 'srt']",
  },
  'npm run models -- base': { file: SPEECH_TEST, evidence: "['run', 'models', '--', 'tiny']" },
  'npm run wer': { file: SPEECH_TEST, evidence: "['run', 'wer'" },
  'npm run quanta -- replay': { file: COMMANDS_TEST, evidence: "'--', 'replay', recording])" },
  'npm run quanta -- vad': { file: COMMANDS_TEST, evidence: "'--', 'vad', input])" },
  'npm run quanta -- --help': {
    file: COMMANDS_TEST,
    evidence: "['run', 'quanta', '--', '--help']",
  },
  'npm run bench': { file: COMMANDS_TEST, evidence: "['run', 'bench'" },
  'npm run bench -- --check': {
    file: COMMANDS_TEST,
    evidence: "['run', 'bench', '--', '--check']",
  },
  'npm run bench -- --only --json': {
    file: COMMANDS_TEST,
    evidence: "['run', 'bench', '--', '--only', 'bus-write', '--json', file]",
  },
  'npm run soak -- --minutes': { file: COMMANDS_TEST, evidence: "['--minutes', '0.1'" },
  'npm run soak -- --offline --hours': {
    file: COMMANDS_TEST,
    evidence: "['run', 'soak', '--', '--offline', '--hours', '0.05']",
  },
  'npm run accuracy': { file: COMMANDS_TEST, evidence: "['run', 'accuracy'" },
  'npm run accuracy -- --quick': { file: COMMANDS_TEST, evidence: "['--quick', '--json'" },
  'npm run certify': { file: COMMANDS_TEST, evidence: "['run', 'certify'" },
  'npm run certify -- --verify': { file: COMMANDS_TEST, evidence: "'--verify', json]" },
  'npm run radio': {
    file: 'tests/contract/radio.test.ts',
    evidence: "['run', 'radio', '--', '--port'",
  },
  'npm run perf': { file: COMMANDS_TEST, evidence: "['run', 'perf'" },
  'npm test': { file: '.ci/run', evidence: 'npm test' },
  'npm test -- --only': { file: COMMANDS_TEST, evidence: "'--only'" },
  'npm run check': { file: 'scripts/lib/suites.mjs', evidence: 'scripts/check.mjs' },
};

/** Commands of the shell that fetch the project; the machine that runs the tests did that. */
const FETCHING = /^(git clone \S+( \S+)?|cd [\w.-]+)$/;

/**
 * A command without the values of its options and the names of its files: `npm start -- --port 8080`
 * is one with `--port`, `npm run quanta -- meter a.wav b.wav` one with `meter`.
 */
const shapeOf = (command: string) =>
  command.replace(/ [\w./-]+\.(wav|flight)\b/g, '').replace(/(--\w+)[ =](?!--)[\w.,/-]+/g, '$1');

/** Whether a test runs this command, up to the values of its options. */
export function isProven(command: string): boolean {
  if (FETCHING.test(command)) return true;
  const proof = proofs[shapeOf(command)];
  return proof !== undefined && readSource(proof.file).includes(proof.evidence);
}
