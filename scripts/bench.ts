import { startScratch } from '../deploy/scratch';
import { leaseMonthsBench } from './bench/lease-months/bench';
import { numberOption, runCommand } from './seed/command-line';

runCommand(async (line) => {
  const scratch = await startScratch({ processes: [], say: line.say });
  try {
    const options = {
      workflows: numberOption(line, 'leases', 40),
      months: numberOption(line, 'months', 24),
      rounds: numberOption(line, 'rounds', 3),
    };
    const figures = await leaseMonthsBench(scratch, { ...options, say: line.say });
    process.stdout.write(`${JSON.stringify(figures)}\n`);
    return 0;
  } finally {
    await scratch.stop();
  }
});
