import { startScratch } from '../deploy/scratch';
import { gatherCast } from './demo/cast';
import { formatInstant } from './demo/format-instant';
import { playLease } from './demo/story';
import { runCommand, type Usage } from './seed/command-line';

const USAGE: Usage = {
  name: 'demo',
  about:
    'Plays a year of a lease on a platform of its own, beside a lease that lives in the present, and prints its timeline.',
  options: {},
};

runCommand(USAGE, async (line) => {
  const scratch = await startScratch({
    processes: ['worker', 'api', 'ingest', 'virtual-room', 'simulator'],
    say: line.say,
  });
  try {
    const cast = await gatherCast(scratch);
    line.say('the platform runs; the lease begins');
    const before = (await cast.neighbour.timeline()).length;
    const startedAt = performance.now();
    const lease = await playLease(cast, line.say);
    const seconds = Number(((performance.now() - startedAt) / 1_000).toFixed(2));
    const timeline = await lease.timeline();
    const moved = (await cast.neighbour.timeline()).length - before;
    const neighbour = await cast.neighbour.clock();
    await cast.leave();
    const neighbourText = `the neighbour's clock: ${formatInstant(neighbour.now)}, ${moved} new entries on its timeline`;
    if (line.json) process.stdout.write(`${JSON.stringify({ seconds, timeline })}\n`);
    else {
      for (const { at, kind, text } of timeline) {
        process.stdout.write(`${formatInstant(Date.parse(at))}  ${kind.padEnd(18)} ${text}\n`);
      }
      process.stdout.write(`\na year of a lease in ${seconds} s; meanwhile ${neighbourText}\n`);
    }
    line.say(neighbourText);
    return 0;
  } finally {
    await scratch.stop();
  }
});
