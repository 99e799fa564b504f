import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parsePayload, StateReport } from '../../contract/mqtt/messages';
import { parseRoomTopic, type RoomPartAddress, stateTopic } from '../../contract/mqtt/topics';
import { newPart, type PartState } from './virtual-room';

/** All parts of all virtual rooms of this process. */
export type RoomBook = {
  /** How a part stands; a part never heard of is a new one. */
  get(address: RoomPartAddress, now: string): PartState;
  /** Written to the journal before this returns: a latch that has moved stays moved through a crash. */
  set(address: RoomPartAddress, state: PartState): void;
  /** Takes over a retained report of an earlier life, unless something newer is known. */
  adopt(address: RoomPartAddress, report: StateReport): void;
  entries(): readonly { readonly address: RoomPartAddress; readonly state: PartState }[];
};

type Line = { readonly topic: string; readonly report: unknown; readonly done: readonly string[] };

function readJournal(file: string): Map<string, PartState> {
  const states = new Map<string, PartState>();
  if (!existsSync(file)) return states;
  for (const text of readFileSync(file, 'utf8').split('\n')) {
    const line = parseLine(text);
    if (line !== undefined) states.set(line.topic, line.state);
  }
  return states;
}

/** Undefined for the last line when a crash cut it short. */
function parseLine(text: string): { readonly topic: string; readonly state: PartState } | undefined {
  try {
    const { topic, report, done } = JSON.parse(text) as Line;
    const parsed = StateReport.safeParse(report);
    return parsed.success && parseRoomTopic(topic) ? { topic, state: { report: parsed.data, done } } : undefined;
  } catch {
    return undefined;
  }
}

const journalLine = (topic: string, state: PartState) => `${JSON.stringify({ topic, ...state })}\n`;

const COMPACT_AFTER = 10; // superseded lines per living one, so that a year of commands does not fill the disk

/** Opens the book, compacting the journal in `file`; without a file the book lives in memory and retained reports only. */
export function openRoomBook(file?: string): RoomBook {
  const states = file === undefined ? new Map<string, PartState>() : readJournal(file);
  let appended = 0;
  const compact = (to: string) => {
    writeFileSync(`${to}.new`, [...states].map(([topic, state]) => journalLine(topic, state)).join(''));
    renameSync(`${to}.new`, to);
    appended = 0;
  };
  if (file !== undefined) {
    mkdirSync(dirname(file), { recursive: true });
    compact(file);
  }
  const set = (address: RoomPartAddress, state: PartState) => {
    const topic = stateTopic(address);
    states.set(topic, state);
    if (file === undefined) return;
    appendFileSync(file, journalLine(topic, state));
    appended += 1;
    if (appended > COMPACT_AFTER * states.size + 1000) compact(file);
  };
  return {
    get: (address, now) => states.get(stateTopic(address)) ?? newPart(address.part, now),
    set,
    adopt: (address, report) => {
      const known = states.get(stateTopic(address));
      if (known !== undefined && Date.parse(known.report.observedAt) >= Date.parse(report.observedAt)) return;
      set(address, { report, done: report.commandId === null ? [] : [report.commandId] });
    },
    entries: () =>
      [...states].flatMap(([topic, state]) => {
        const parsed = parseRoomTopic(topic);
        return parsed === undefined ? [] : [{ address: parsed.address, state }];
      }),
  };
}

/** Reads a retained report off its topic; undefined when topic and payload do not agree. */
export function readReport(
  topic: string,
  payload: Buffer,
): { readonly address: RoomPartAddress; readonly report: StateReport } | undefined {
  const parsed = parseRoomTopic(topic);
  const report = parsePayload(StateReport, payload);
  if (parsed?.purpose !== 'state' || report?.part !== parsed.address.part) return undefined;
  return { address: parsed.address, report };
}
