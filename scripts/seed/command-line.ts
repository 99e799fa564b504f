import { Console } from 'node:console';

/** How a measuring command speaks: progress for people on standard error, with `--json` one document on standard output. */
export type CommandLine = {
  readonly json: boolean;
  /** Arguments that are not options, in order. */
  readonly words: readonly string[];
  /** Value of `--name value` or `--name=value`. */
  option(name: string): string | undefined;
  say(line: string): void;
};

/** What a command understands, in its own words: the text of `--help` and the refusal of everything else are made from it. */
export type Usage = {
  readonly name: string;
  readonly about: string;
  /** Options that want a value, as `[what the value is, what it does]`; `--json` and `--help` need not be named. */
  readonly options: Readonly<Record<string, readonly [value: string, does: string]>>;
  /** What its words may be; without it the command takes none. */
  readonly words?: readonly string[];
};

/** The command was called in a way that it does not understand; its message is for the person who typed it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const ALWAYS = {
  json: 'one JSON document on standard output, progress on standard error',
  help: 'this text',
} as const;

export function usageText({ name, about, options, words }: Usage): string {
  const rows = [
    ...Object.entries(options).map(([option, [value, does]]) => [`--${option} ${value}`, does] as const),
    ...Object.entries(ALWAYS).map(([option, does]) => [`--${option}`, does] as const),
  ];
  const width = Math.max(...rows.map(([option]) => option.length));
  const parts = words ? ` [${words.join('|')}]...` : '';
  return [
    `用法 usage: npm run ${name} --${parts} [options]`,
    about,
    ...rows.map(([option, does]) => `  ${option.padEnd(width)}  ${does}`),
    '',
  ].join('\n');
}

/** @throws UsageError on an option or word that `usage` does not name, or an option without its value */
export function commandLine(argv: readonly string[], usage: Usage, startedAt: number = Date.now()): CommandLine {
  const options = new Map<string, string>();
  const words: string[] = [];
  const rest = [...argv];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const [, name, given] = /^--?([^=]+)(?:=(.*))?$/.exec(word) ?? [];
    if (name === undefined) {
      if (!usage.words?.includes(word)) throw new UsageError(`不认识的参数 / unknown argument: ${word}`);
      words.push(word);
    } else if (Object.hasOwn(ALWAYS, name)) options.set(name, 'true');
    else if (Object.hasOwn(usage.options, name)) {
      const value = given ?? rest.shift();
      if (!value) throw new UsageError(`选项缺少值 / --${name} wants a value`);
      options.set(name, value);
    } else throw new UsageError(`不认识的选项 / unknown option: ${word}`);
  }
  return {
    json: options.has('json'),
    words,
    option: (name) => options.get(name),
    say: (line) => {
      const seconds = ((Date.now() - startedAt) / 1000).toFixed(1).padStart(6);
      process.stderr.write(`${seconds} s  ${line}\n`);
    },
  };
}

/** A whole number above zero, or what holds without the option. @throws UsageError naming the option. */
export function numberOption(line: CommandLine, name: string, otherwise: number): number {
  const text = line.option(name);
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new UsageError(`--${name} wants a whole number, not ${text}`);
  return value;
}

export const asksForHelp = (argv: readonly string[]): boolean => argv.includes('--help') || argv.includes('-h');

/**
 * Runs a command to its end: its last word on standard output, a failure as one line, the code for the shell (2 when it was called wrongly).
 * `--help` is answered before anything is started.
 */
export function runCommand(usage: Usage, main: (line: CommandLine) => Promise<number>): void {
  // Libraries speak on the console; standard output is for the one document that was asked for.
  globalThis.console = new Console(process.stderr);
  const argv = process.argv.slice(2);
  if (asksForHelp(argv)) return void process.stdout.write(usageText(usage));
  const run = async () => main(commandLine(argv, usage));
  run().then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      if (error instanceof UsageError) process.stderr.write(`${error.message}\n\n${usageText(usage)}`);
      else process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      process.exitCode = error instanceof UsageError ? 2 : 1;
    },
  );
}
