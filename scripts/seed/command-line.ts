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

export function commandLine(argv: readonly string[], startedAt: number = Date.now()): CommandLine {
  const options = new Map<string, string>();
  const words: string[] = [];
  const rest = [...argv];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const [, name, value] = /^--([^=]+)(?:=(.*))?$/.exec(word) ?? [];
    if (name === undefined) words.push(word);
    else if (value !== undefined || name === 'json') options.set(name, value ?? 'true');
    else options.set(name, rest.shift() ?? '');
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

/** A whole number above zero, or what holds without the option. @throws RangeError naming the option. */
export function numberOption(line: CommandLine, name: string, otherwise: number): number {
  const text = line.option(name);
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new RangeError(`--${name} wants a whole number, not ${text}`);
  return value;
}

/** Runs a command to its end: its last word on standard output, a failure as one line, the code for the shell. */
export function runCommand(main: (line: CommandLine) => Promise<number>): void {
  // Libraries speak on the console; standard output is for the one document that was asked for.
  globalThis.console = new Console(process.stderr);
  const line = commandLine(process.argv.slice(2));
  main(line).then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      process.exitCode = 1;
    },
  );
}
