import { readdirSync, readFileSync } from 'node:fs';

/** Seconds of processor time, by program. */
export type ProcessorTime = { readonly node: number; readonly temporal: number; readonly postgres: number };

/** Linux counts in hundredths of a second, whatever the machine. */
const TICKS_PER_SECOND = 100;

type Stat = { readonly pid: number; readonly parent: number; readonly name: string; readonly seconds: number };

/**
 * What this process and the servers that it started have used so far; null where there is no /proc to read it from. Unlike a rate, the
 * difference of two readings does not depend on what else the machine is doing.
 */
export function processorTime(): ProcessorTime | null {
  const all = readStats();
  if (!all) return null;
  const mine = new Set([process.pid]);
  for (let size = 0; size < mine.size; ) {
    size = mine.size;
    for (const { pid, parent } of all) if (mine.has(parent)) mine.add(pid);
  }
  const total = (ours: (name: string) => boolean): number =>
    all.filter(({ pid, name }) => mine.has(pid) && ours(name)).reduce((sum, { seconds }) => sum + seconds, 0);
  return {
    node: total((name) => name.startsWith('node') || name === 'MainThread'),
    temporal: total((name) => name.startsWith('temporal')),
    postgres: total((name) => name.startsWith('postgres')),
  };
}

function readStats(): Stat[] | null {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => readStat(Number(name)) ?? []);
  } catch {
    return null;
  }
}

function readStat(pid: number): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const name = text.slice(text.indexOf('(') + 1, text.lastIndexOf(')'));
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const [parent, user, system] = [fields[1], fields[11], fields[12]].map(Number);
    return { pid, parent: parent ?? 0, name, seconds: ((user ?? 0) + (system ?? 0)) / TICKS_PER_SECOND };
  } catch {
    return null; // It has ended meanwhile.
  }
}

/** Milliseconds per unit between two readings. */
export function perUnit(before: ProcessorTime | null, after: ProcessorTime | null, units: number) {
  if (!before || !after) return null;
  const ms = (name: keyof ProcessorTime): number => ((after[name] - before[name]) * 1_000) / units;
  return { node: ms('node'), temporal: ms('temporal'), postgres: ms('postgres') };
}
