import { type ChildProcess, fork } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import type { PersonalDataKeys } from '../db/personal-data';
import type { ImportAnswer, ImportJob, ImportWish, ShownReport } from './import-job';
import { Refusal } from './refusal';
import type { Upload } from './upload';

/** A landlord with more rooms than this brings them in several files; `npm run import` knows no such limit. */
const MAX_ROWS = 120_000;
const HEAP_MB = 1_024;
/** Ten times what a file of the most rows takes. */
const PATIENCE_MS = 10 * 60_000;
/** Characters of what a child writes before it dies that are kept for the log. */
const LAST_WORDS = 2_000;

type Limits = { readonly maxRows: number; readonly heapMb: number; readonly patienceMs: number };

type Options = Pick<ImportJob, 'databaseUrl' | 'keys'> & {
  readonly limits?: Partial<Limits>;
  /** What Node needs to run this folder's files; nothing once they are compiled. */
  readonly execArgv?: readonly string[];
};

export type ImportRunner = {
  /**
   * Holds the operator's place while a file of theirs is on its way in: each operator has one, so that waiting uploads never fill the
   * memory. @throws Refusal ImportRunning
   */
  inTurn<T>(operatorId: string, work: () => Promise<T>): Promise<T>;
  /** Imports in a process of its own, one at a time. @throws Refusal ImportRunning | ImportTooLarge | InvalidInput; codes of the database */
  run(wish: ImportWish, file: Upload): Promise<ShownReport>;
};

/** What the child says before it ends. Killed for its time or its memory (134 is Node's own abort), it says nothing. */
function answerOf(child: ChildProcess, patienceMs: number): Promise<ImportAnswer> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => child.kill('SIGKILL'), patienceMs);
    let answer: ImportAnswer | undefined;
    let lastWords = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      lastWords = (lastWords + text).slice(-LAST_WORDS);
    });
    child.once('message', (message: ImportAnswer) => {
      answer = message;
    });
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(late);
      if (answer) resolve(answer);
      else if (signal === 'SIGKILL' || signal === 'SIGABRT' || code === 134) resolve({ ok: false, why: 'tooManyRows' });
      else reject(new Error(`an import ended with ${code ?? signal}: ${lastWords}`));
    });
  });
}

/** The reader of rolls speaks Chinese, a slash, and English in one sentence. */
function inBothLanguages(text: string): { path: string; message: string; messageEn: string } {
  const [message = text, messageEn = message] = text.split(' / ');
  return { path: 'file', message, messageEn };
}

function outcome(answer: ImportAnswer): ShownReport {
  if (answer.ok) return answer.report;
  switch (answer.why) {
    case 'tooManyRows':
      throw new Refusal('ImportTooLarge');
    case 'unreadable':
      throw new Refusal('InvalidInput', { detail: answer.text, errors: [inBothLanguages(answer.text)] });
    case 'failed':
      throw Object.assign(new Error(answer.error.message), answer.error);
  }
}

/** Runs imports beside the server: parsing a big file would keep its event loop from everybody else, and its memory for ever. */
export function createImportRunner({ databaseUrl, keys, limits = {}, execArgv = [] }: Options): ImportRunner {
  const { maxRows = MAX_ROWS, heapMb = HEAP_MB, patienceMs = PATIENCE_MS } = limits;
  const operators = new Set<string>();
  let running = false;

  async function inChild(wish: ImportWish, file: Upload): Promise<ShownReport> {
    const child = fork(require.resolve('./import-child'), [], {
      execArgv: [`--max-old-space-size=${heapMb}`, ...execArgv],
      serialization: 'advanced',
      stdio: ['pipe', 'ignore', 'pipe', 'ipc'],
    });
    const answer = answerOf(child, patienceMs);
    if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
    child.stdin?.once('error', () => undefined); // the child has ended early, which its end tells better
    child.send({ ...wish, databaseUrl, keys: plain(keys), maxRows } satisfies ImportWish & ImportJob);
    child.stdin?.end(file.bytes);
    return outcome(await answer);
  }

  return {
    async inTurn(operatorId, work) {
      if (running || operators.has(operatorId)) throw new Refusal('ImportRunning', { retryAfter: 10 });
      operators.add(operatorId);
      return work().finally(() => operators.delete(operatorId));
    },
    async run(wish, file) {
      if (running) throw new Refusal('ImportRunning', { retryAfter: 10 });
      running = true;
      return inChild(wish, file).finally(() => {
        running = false;
      });
    },
  };
}

/** Exactly what a message can carry, whatever else the configuration's object holds. */
const plain = ({ currentKeyId, keys, indexKey }: PersonalDataKeys): PersonalDataKeys => ({
  ...{ currentKeyId, indexKey },
  keys: new Map(keys),
});
