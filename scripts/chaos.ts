import { startScratch } from '../deploy/scratch';
import { violationsOf } from './chaos/check';
import { PLANTS, plantBug } from './chaos/plant';
import { gatherFacts } from './chaos/run/gather';
import { startKiller } from './chaos/run/killer';
import { liveAll } from './chaos/run/live-all';
import { setStage } from './chaos/run/stage';
import { numberOption, runCommand, type Usage, UsageError } from './seed/command-line';
import { seededRandom } from './seed/random';

const USAGE: Usage = {
  name: 'chaos',
  about:
    'Leases live a year while parts of the platform are killed; then the whole record is held against an independent recomputation. Ends with 1 when something is wrong.',
  options: {
    leases: ['NUMBER', 'how many leases (200)'],
    'at-once': ['NUMBER', 'how many of them live at the same time (200)'],
    seed: ['TEXT', 'chooses the lives and the kills (the day of today)'],
    plant: ['BUG', `breaks the record on purpose, to show that it is seen: ${Object.keys(PLANTS).join(', ')}`],
  },
};

runCommand(USAGE, async (line) => {
  const leases = numberOption(line, 'leases', 200);
  const seed = line.option('seed') ?? new Date().toISOString().slice(0, 10);
  const bug = line.option('plant');
  if (bug !== undefined && !(bug in PLANTS)) throw new UsageError(`--plant knows ${Object.keys(PLANTS).join(', ')}`);
  const random = seededRandom(seed);
  line.say(`seed ${seed}, ${leases} leases`);
  const scratch = await startScratch({
    processes: ['worker', 'api', 'ingest', 'virtual-room', 'simulator'],
    say: line.say,
  });
  try {
    const stage = await setStage(scratch, leases);
    const killer = startKiller(scratch, random.fork('killer'), line.say);
    const options = { leases, atOnce: numberOption(line, 'at-once', 200), say: line.say };
    const { lives, stuck } = await liveAll(stage, random, options);
    const kills = await killer.stop();
    if (bug !== undefined) await plantBug(stage, bug, lives);
    line.say('everyone has lived their year; checking');
    const facts = await gatherFacts(stage, lives);
    const violations = [...stuck, ...violationsOf(facts)];
    await stage.close();
    const bills = facts.reduce((total, lease) => total + lease.bills.length, 0);
    for (const { leaseId, rule, text } of violations) line.say(`VIOLATION ${rule} of ${leaseId}: ${text}`);
    const total = Object.values(kills).reduce((sum, n) => sum + n, 0);
    line.say(
      `${total} kills ${JSON.stringify(kills)}, ${leases} leases, ${bills} bills, ${violations.length} violations`,
    );
    const report = { kills: total, leases, bills, violations };
    process.stdout.write(line.json ? `${JSON.stringify(report)}\n` : `${JSON.stringify(report, null, 2)}\n`);
    return violations.length > 0 ? 1 : 0;
  } finally {
    await scratch.stop();
  }
});
