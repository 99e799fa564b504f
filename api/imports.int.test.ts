import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type OperatorId, parseId } from '../domain/ids';
import { readRoll } from '../scripts/import-roll/read-roll';
import { createImportRunner, type ImportRunner } from './import-runner';
import { addStaff, type Caller, type Reply, signUp } from './test-caller';
import { type Rig, startRig, TS_REQUIRE } from './test-rig';

let rig: Rig;
let admin: Caller;

beforeAll(async () => {
  rig = await startRig();
}, 60_000);
afterAll(() => rig.stop());
beforeEach(async () => {
  admin = await signUp(rig);
}, 60_000);

const ROLL =
  '社区,楼栋,房号,月租金,租客,手机号,起租日,到期日\nA,1栋,101,"3,000.00",张三,13900139000,2026-01-01,2040-12-31\n';
const BAD_ROW = 'A,1栋,102,3千,,,,\n';

/** The form that a browser sends for one chosen file. */
const upload = (caller: Caller, query: string, text: string) =>
  caller.send(
    'POST',
    `/v1/imports${query}`,
    `--x\r\nContent-Disposition: form-data; name="file"; filename="租金.csv"\r\nContent-Type: text/csv\r\n\r\n${text}\r\n--x--\r\n`,
    { headers: { 'content-type': 'multipart/form-data; boundary=x' } },
  );

describe('an upload', () => {
  it('is a dry run unless told otherwise, then imports, and both runs are listed', async () => {
    const dry = await upload(admin, '', ROLL);
    expect(dry.body).toMatchObject({ dryRun: true, created: { rooms: 1, leases: 1 }, refused: [] });
    expect((await admin.get('/v1/rooms')).body.items).toEqual([]);
    const real = await upload(admin, '?dryRun=false', ROLL);
    expect(real.body).toMatchObject({ dryRun: false, created: { rooms: 1, leases: 1 }, refused: [] });
    expect((await admin.get('/v1/leases')).body.items).toHaveLength(1);
    const { items } = (await admin.get('/v1/imports')).body;
    expect(items.map((run: { fileName: string; report: object }) => [run.fileName, run.report])).toEqual([
      ['租金.csv', real.body],
      ['租金.csv', dry.body],
    ]);
  });

  it('says which cell is wrong and imports nothing, or the rest when asked to', async () => {
    const all = await upload(admin, '?dryRun=false', ROLL + BAD_ROW);
    expect(all.body).toMatchObject({ created: { rooms: 0 }, refused: [{ sheet: '租金', row: 3, column: 'D' }] });
    const good = await upload(admin, '?dryRun=false&skipBadRows=true', ROLL + BAD_ROW);
    expect(good.body).toMatchObject({ created: { rooms: 1 }, refused: [{ row: 3 }] });
  });

  it('says what of the file was not understood and is left out', async () => {
    const [headings = '', row = ''] = ROLL.split('\n');
    const coloured = await upload(admin, '', `${headings},颜色\n${row},红\n`);
    expect(coloured.body).toMatchObject({
      created: { rooms: 1 },
      refused: [],
      ignored: [{ sheet: '租金', heading: '颜色' }],
    });
  });

  it('is refused in words when it is no spreadsheet, no form, or from somebody who may not import', async () => {
    const binary = await upload(admin, '', 'PK\u0003\u0004 nonsense');
    expect([binary.status, binary.body.code]).toEqual([400, 'InvalidInput']);
    expect(binary.body.detail).toContain('Excel');
    const nonsense = await upload(admin, '', '颜色;心情\n红;好\n');
    expect(nonsense.body.errors).toEqual([
      {
        path: 'file',
        message: expect.stringMatching(/^没有认出任何表头[^/]*$/),
        messageEn: expect.stringMatching(/^no row of headings[^\p{Script=Han}]*$/u),
      },
    ]);
    expect((await admin.post('/v1/imports', {})).status).toBe(415);
    const finance = await addStaff(rig, admin, 'finance');
    expect((await upload(finance, '', ROLL)).status).toBe(403);
  });
});

describe('a big file', () => {
  const manyRooms = (rooms: number): string => {
    const lines = ['社区,楼栋,房号,月租金,租客,手机号,起租日,到期日'];
    for (let n = 0; n < rooms; n += 1) lines.push(`A,${1 + Math.floor(n / 500)}栋,${100 + (n % 500)},"3,000.00",,,,`);
    return lines.join('\n');
  };

  it('is read beside the server, which goes on answering everybody, and one at a time', async () => {
    let done = false;
    const importing = upload(admin, '', manyRooms(40_000)).finally(() => {
      done = true;
    });
    const answeredMs: number[] = [];
    let second: Promise<Reply> | undefined;
    while (!done) {
      const asked = performance.now();
      await fetch(`${rig.url}/healthz`).then((reply) => reply.text());
      answeredMs.push(performance.now() - asked);
      if (answeredMs.length === 20) second = signUp(rig).then((other) => upload(other, '', ROLL));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect((await importing).body).toMatchObject({ created: { rooms: 40_000 }, refused: [], refusedTotal: 0 });
    expect(answeredMs.length).toBeGreaterThan(20);
    // One in twenty may fall to whatever else the machine does.
    const [slow = 0] = answeredMs.sort((a, b) => b - a).slice(Math.floor(answeredMs.length / 20));
    expect(slow).toBeLessThan(200);
    const refused = await second;
    expect([refused?.status, refused?.body.code, refused?.body.retryable]).toEqual([409, 'ImportRunning', true]);
    expect((await upload(admin, '', ROLL)).status).toBe(200);
  }, 120_000);

  it('is refused in words beyond the rows or the memory that one import may use, and the next import works', async () => {
    const settings = { keys: rig.services.personalDataKeys, databaseUrl: rig.databaseUrl };
    const execArgv = ['--require', TS_REQUIRE];
    const small = createImportRunner({ ...settings, execArgv, limits: { maxRows: 2 } });
    const tiny = createImportRunner({ ...settings, execArgv, limits: { heapMb: 60 } });
    const hasty = createImportRunner({ ...settings, execArgv, limits: { patienceMs: 50 } });
    const operatorId: OperatorId = parseId((await admin.must('GET', '/v1/session')).body.operator.id);
    const wish = {
      operatorId,
      actor: { kind: 'system', id: null, name: 'test' },
      scope: null,
      now: new Date(),
    } as const;
    const options = { dryRun: true, skipBadRows: false, fileName: 'r.csv' };
    const importing = (runner: ImportRunner, text: string) =>
      runner.run({ ...wish, ...options }, { name: 'r.csv', bytes: Buffer.from(text) });
    await expect(importing(small, manyRooms(2))).rejects.toMatchObject({ code: 'ImportTooLarge' });
    await expect(importing(small, manyRooms(1))).resolves.toMatchObject({ created: { rooms: 1 } });
    await expect(importing(tiny, manyRooms(60_000))).rejects.toMatchObject({ code: 'ImportTooLarge' });
    await expect(importing(hasty, manyRooms(1))).rejects.toMatchObject({ code: 'ImportTooLarge' });
  }, 120_000);

  it('shows the first thousand of its problems and says how many there are', async () => {
    const { body } = await upload(admin, '', ROLL + BAD_ROW.repeat(1_500));
    expect(body.refused).toHaveLength(1_000);
    expect(body.refusedTotal).toBeGreaterThanOrEqual(1_500);
    const [run] = (await admin.must('GET', '/v1/imports')).body.items;
    expect(run.report).toEqual(body);
  }, 60_000);
});

it('gives a template and an example that it would take itself', async () => {
  for (const [path, rooms] of [
    ['template', 0],
    ['example', 1000],
  ] as const) {
    const response = await fetch(`${rig.url}/v1/imports/${path}`, {
      headers: { cookie: `session=${admin.cookie('session')}` },
    });
    expect(response.headers.get('content-type')).toContain('spreadsheetml');
    const roll = await readRoll({ name: `${path}.xlsx`, bytes: Buffer.from(await response.arrayBuffer()) });
    expect([roll.refused, roll.rooms.size]).toEqual([[], rooms]);
  }
}, 60_000);
