import { startScratch } from '../deploy/scratch';
import { apiReadsBench } from './bench/api-reads/bench';
import { type Figures, NO_FIGURES } from './bench/figures';
import { leaseMonthsBench } from './bench/lease-months/bench';
import { secondStart } from './bench/second-start';
import { median, rounded } from './bench/statistics';
import { importRoomsBench } from './import-roll/bench';
import { type CommandLine, numberOption, runCommand, type Usage } from './seed/command-line';

type Part = (line: CommandLine) => Promise<Partial<Figures>>;

/** `npm run bench` measures all of them, `npm run bench api` one; what was not measured stays null. */
const PARTS: Readonly<Record<string, Part>> = {
  'lease-months': async (line) => {
    const scratch = await startScratch({ processes: [], say: line.say });
    try {
      const size = { workflows: numberOption(line, 'leases', 40), months: numberOption(line, 'months', 24) };
      const found = await leaseMonthsBench(scratch, {
        ...size,
        rounds: numberOption(line, 'rounds', 3),
        say: line.say,
      });
      line.say(
        `rows per lease-month: ${JSON.stringify(found.rowsPerLeaseMonth, (_, n) => (typeof n === 'number' ? rounded(n, 2) : n))}`,
      );
      line.say(
        `processor ms per month: ${JSON.stringify(found.processorMs, (_, n) => (typeof n === 'number' ? rounded(n, 1) : n))}`,
      );
      return {
        leaseMonthsPerSecond: rounded(found.leaseMonthsPerSecond, 1),
        bareMonthsPerSecond: rounded(found.bareMonthsPerSecond, 1),
        ratio: rounded(found.ratio, 2),
        eventsPerPaidMonth: rounded(found.eventsPerPaidMonth, 1),
        bytesPerLeaseMonth: Math.round(found.bytesPerLeaseMonth),
      };
    } finally {
      await scratch.stop();
    }
  },
  api: async (line) => {
    const scratch = await startScratch({ processes: ['api'], say: line.say });
    try {
      const leases = numberOption(line, 'population', 10_000);
      const { overMs } = await apiReadsBench(scratch, {
        leases,
        samples: numberOption(line, 'samples', 200),
        say: line.say,
      });
      return { apiP95OverSqlMs: rounded(overMs, 1) };
    } finally {
      await scratch.stop();
    }
  },
  import: async (line) => {
    const { rooms, roomsPerSecond, seconds, peakRssMb } = await importRoomsBench(numberOption(line, 'rooms', 100_000));
    line.say(`import: ${rooms} rooms in ${seconds} s, ${peakRssMb} MB at most`);
    return { importRoomsPerSecond: roomsPerSecond };
  },
  start: async (line) => {
    const starts: number[] = [];
    for (let n = 0; n < numberOption(line, 'starts', 3); n += 1) {
      starts.push(await secondStart(line.say));
      line.say(`second start: ${starts.at(-1)?.toFixed(1)} s`);
    }
    return { secondStartSeconds: rounded(median(starts), 1) };
  },
};

const USAGE: Usage = {
  name: 'bench',
  about: 'Measures the platform: all parts, or those that are named. What was not measured is null.',
  words: Object.keys(PARTS),
  options: {
    leases: ['NUMBER', 'lease-months: how many leases (40)'],
    months: ['NUMBER', 'lease-months: how long each lives (24)'],
    rounds: ['NUMBER', 'lease-months: how often (3)'],
    population: ['NUMBER', 'api: leases in the database (10000)'],
    samples: ['NUMBER', 'api: requests of each read (200)'],
    rooms: ['NUMBER', 'import: rooms in the file (100000)'],
    starts: ['NUMBER', 'start: how often (3)'],
  },
};

runCommand(USAGE, async (line) => {
  let figures: Figures = NO_FIGURES;
  for (const [name, part] of Object.entries(PARTS)) {
    if (line.words.length > 0 && !line.words.includes(name)) continue;
    line.say(`measuring ${name}`);
    figures = { ...figures, ...(await part(line)) };
  }
  process.stdout.write(line.json ? `${JSON.stringify(figures)}\n` : `${JSON.stringify(figures, null, 2)}\n`);
  return 0;
});
