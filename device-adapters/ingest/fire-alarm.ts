import type { FireAlarm } from '../../contract/mqtt/messages';
import { audit } from '../../db/audit';
import { type AlarmedBuilding, changeFireAlarm, keepOver, keepSounding, lockBuilding } from '../../db/fire-alarm';
import type { Tx } from '../../db/tx';
import { openWorkOrder } from '../../db/work-orders';
import type { BuildingId } from '../../domain/ids';

/** A panel's message as it came off its topic. */
export type PanelMessage = { readonly buildingId: BuildingId; readonly alarm: FireAlarm };

/** `known`: this word was stored before; `unknownBuilding`: the operator of the topic has no such building. */
type AlarmOutcome = 'sounding' | 'overReported' | 'known' | 'unknownBuilding';

/**
 * Stores what a panel says, once. An alarm that sounds begins at once for the whole building; one that is called over is kept for a person
 * to decide on, because the topic does not prove who speaks and a false end would lock people in.
 * @param now wall clock, ISO: a panel whose clock is ahead must not put an alarm into the future
 */
export async function storePanelMessage(tx: Tx, message: PanelMessage, now: string): Promise<AlarmOutcome> {
  const building = await lockBuilding(tx, message.buildingId);
  if (!building) return 'unknownBuilding';
  return message.alarm.active ? sounding(tx, message, building, now) : calledOver(tx, message, building, now);
}

const PANEL = { kind: 'device', id: null, name: '消防面板' } as const;

const wordOf = ({ buildingId, alarm: { alarmId, at } }: PanelMessage) => `${buildingId}/${alarmId}/${at}`;

async function sounding(tx: Tx, message: PanelMessage, building: AlarmedBuilding, now: string): Promise<AlarmOutcome> {
  const { buildingId, alarm } = message;
  if (!(await keepSounding(tx, { buildingId, ...alarm }))) return 'known';
  const began = Date.parse(alarm.at) < Date.parse(now) ? alarm.at : now;
  const cause = `panel/${alarm.alarmId}/${alarm.at}`;
  const why = `消防面板报警，编号 ${alarm.alarmId}`;
  await changeFireAlarm(tx, { buildingId, active: true, at: began, cause, actor: PANEL, why });
  await order(tx, building, {
    key: `fire-alarm/${wordOf(message)}`,
    title: `${building.name} 消防报警：请立即到现场；确认安全后解除报警，并检查空房门锁`,
    at: now,
  });
  return 'sounding';
}

async function calledOver(
  tx: Tx,
  message: PanelMessage,
  building: AlarmedBuilding,
  now: string,
): Promise<AlarmOutcome> {
  const { buildingId, alarm } = message;
  const kept = await keepOver(tx, { buildingId, ...alarm });
  if (kept === null) return 'known';
  await audit(tx, {
    actor: PANEL,
    action: 'building.reportFireAlarmOver',
    subject: { kind: 'building', id: buildingId },
    after: { alarmId: alarm.alarmId, at: alarm.at },
  });
  const title = titleOfEnd(building, kept);
  if (title) await order(tx, building, { key: `fire-alarm-over/${wordOf(message)}`, title, at: now });
  return 'overReported';
}

/** An alarm that a person has ended already leaves nothing to do. */
function titleOfEnd({ name, fireAlarmSince }: AlarmedBuilding, kept: 'heard' | 'unheard'): string | null {
  if (fireAlarmSince !== null) return `${name} 消防面板报告报警结束：请到现场核实后解除报警`;
  return kept === 'unheard' ? `${name} 有一次系统未收到的消防报警，面板报告已结束：请检查各房间门锁与电源` : null;
}

const order = (
  tx: Tx,
  { communityId }: AlarmedBuilding,
  about: { readonly key: string; readonly title: string; readonly at: string },
): Promise<void> => openWorkOrder(tx, { ...about, communityId, leaseId: null, roomId: null, kind: 'other' });
