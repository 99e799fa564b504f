import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readRoll } from '../scripts/import-roll/read-roll';
import { addStaff, type Caller, signUp } from './test-caller';
import { type Rig, startRig } from './test-rig';

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

  it('is refused in words when it is no spreadsheet, no form, or from somebody who may not import', async () => {
    const binary = await upload(admin, '', 'PK\u0003\u0004 nonsense');
    expect([binary.status, binary.body.code]).toEqual([400, 'InvalidInput']);
    expect(binary.body.detail).toContain('Excel');
    expect((await admin.post('/v1/imports', {})).status).toBe(415);
    const finance = await addStaff(rig, admin, 'finance');
    expect((await upload(finance, '', ROLL)).status).toBe(403);
  });
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
