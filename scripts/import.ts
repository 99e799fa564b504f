import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { openDatabase } from '../db/knex';
import { type ImportProgress, type ImportReport, importRoll } from './import-roll/import-roll';
import { findOperator } from './import-roll/operator';
import { printReport } from './import-roll/print-report';
import { UnreadableFile } from './import-roll/sheet-reader';
import { findTarget } from './import-roll/target';

const USAGE = `用法 usage: npm run import -- FILE.xlsx|FILE.csv [options]
Imports a rent roll, all or nothing; imported again, it changes nothing.
  --dry-run              says what would be created, changed and refused, and stores nothing
  --skip-bad-rows        imports the good rows of a file that has bad ones
  --operator NAME_OR_ID  whose rooms these are, where the database has several operators
  --json                 one JSON document on standard output, progress on standard error
  --help                 this text
`;

const say = (line: string) => process.stderr.write(`${line}\n`);

/** Ends with 1 when nothing was imported, because rows were refused or the file was not understood. */
async function main(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      'dry-run': { type: 'boolean', default: false },
      'skip-bad-rows': { type: 'boolean', default: false },
      operator: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const [path, ...others] = positionals;
  if (path === undefined) throw new UnreadableFile(`没有指定文件 / no file was named\n${USAGE}`);
  if (others.length > 0) throw new UnreadableFile(`一次只能导入一个文件 / one file at a time\n${USAGE}`);
  const file = { name: basename(path), bytes: readBytes(path) };
  const options = { dryRun: values['dry-run'], skipBadRows: values['skip-bad-rows'] };
  const report = await importFile(file, { ...options, operator: values.operator });
  process.stdout.write(values.json ? `${JSON.stringify(document(report))}\n` : printReport(report));
  if (values.json) for (const { sheet, heading } of report.ignored) say(`未使用 ignored: “${sheet}” ${heading}`);
  return report.dryRun || report.stored ? 0 : 1;
}

const CANNOT_READ: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  ENOENT: ['没有找到文件', 'there is no such file'],
  EISDIR: ['这是一个文件夹,不是文件', 'that is a folder, not a file'],
  EACCES: ['没有权限读取文件', 'this user may not read the file'],
};

/** @throws UnreadableFile in words, not in errno */
function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const words = CANNOT_READ[(error as NodeJS.ErrnoException).code ?? ''];
    if (!words) throw error;
    throw new UnreadableFile(`${words[0]} / ${words[1]}: ${path}`);
  }
}

type Asked = { readonly dryRun: boolean; readonly skipBadRows: boolean; readonly operator: string | undefined };

async function importFile(file: { name: string; bytes: Buffer }, asked: Asked): Promise<ImportReport> {
  const target = await findTarget(process.env);
  say(`导入到 / importing into: ${target.what}`);
  const knex = openDatabase(target.url, 'app', 2);
  try {
    const operatorId = await findOperator(knex, asked.operator);
    const actor = { kind: 'system', id: null, name: 'npm run import' } as const;
    const { dryRun, skipBadRows } = asked;
    const common = { knex, operatorId, keys: target.keys, file, actor, scope: null, now: new Date() };
    return await importRoll({ ...common, dryRun, skipBadRows, onProgress: progressLine() });
  } finally {
    await knex.destroy();
    await target.stop();
  }
}

/** The five things that programs read. */
const document = ({ dryRun, created, changed, unchanged, refused }: ImportReport) => ({
  dryRun,
  created,
  changed,
  unchanged,
  refused,
});

const PHASES = { reading: '读取 read', comparing: '比对 compare', storing: '写入 store' } as const;

/** A line when a phase begins, and one a second while it goes on. */
function progressLine(): (progress: ImportProgress) => void {
  const started = Date.now();
  let last = { phase: '', at: 0 };
  return ({ phase, done }) => {
    const now = Date.now();
    if (phase === last.phase && now - last.at < 1_000) return;
    last = { phase, at: now };
    say(`${((now - started) / 1000).toFixed(1).padStart(6)} s  ${PHASES[phase]} ${done}`);
  };
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code.startsWith('ERR_PARSE_ARGS')) say(`不认识的选项 / unknown option\n${USAGE}`);
    else say(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  },
);
