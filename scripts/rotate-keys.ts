import { openDatabase } from '../db/knex';
import { runningTarget } from './import-roll/target';
import { rotateKeys } from './rotate-keys/rotate';
import { runCommand, type Usage, UsageError } from './seed/command-line';

const USAGE: Usage = {
  name: 'rotate-keys',
  about:
    'Re-encrypts phones, ID numbers, authenticator secrets and contract files under the first key of PII_KEYS, and says which old keys can go (docs/operations.md).\nStopped half-way it can be started again; run again, it changes nothing.',
  options: {},
};

runCommand(USAGE, async (line) => {
  const target = await runningTarget(process.env);
  if (!target) {
    throw new UsageError(
      '没有数据库：请设置 DATABASE_URL 或先运行 npm start / no database: set DATABASE_URL, or start the platform',
    );
  }
  line.say(`${target.what}`);
  const [app, owner] = [openDatabase(target.url, 'app', 1), openDatabase(target.url, 'owner', 1)];
  try {
    const report = await rotateKeys({ app, owner, keys: target.keys, say: line.say });
    const { currentKeyId, rotated, droppable } = report;
    const total = Object.values(rotated).reduce((sum, n) => sum + n, 0);
    const gone = droppable.length > 0 ? `no longer used, can be dropped: ${droppable.join(', ')}` : 'no key to drop';
    line.say(`${total} re-encrypted under ${currentKeyId}; ${gone}`);
    process.stdout.write(line.json ? `${JSON.stringify(report)}\n` : `${JSON.stringify(report, null, 2)}\n`);
    return 0;
  } finally {
    await Promise.all([app.destroy(), owner.destroy(), target.stop()]);
  }
});
