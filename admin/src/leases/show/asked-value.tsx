import { useQuery } from '@tanstack/react-query';
import { type RaRecord, useTranslate } from 'react-admin';
import { Money } from '../../components/money';
import { useData, useMay } from '../../components/use-app';
import { formatYuan } from '../../components/yuan';
import type { AskedFact, Escalation } from './asked-change';

type Named = RaRecord<string> & { readonly name?: string; readonly buildingName?: string; readonly code?: string };

/** Records by id, read once: rooms and people are named by the change with their ids alone. */
function useRecords(resource: 'rooms' | 'tenants', ids: readonly string[]) {
  const data = useData();
  const mayDo = useMay();
  return useQuery({
    queryKey: [resource, 'named', ...ids],
    queryFn: async () => (await data.getMany<Named>(resource, { ids: [...ids] })).data,
    enabled: ids.length > 0 && mayDo(resource === 'rooms' ? 'place.read' : 'tenant.read'),
    staleTime: 60_000,
  });
}

function RoomName({ id }: { id: string }) {
  const { data } = useRecords('rooms', [id]);
  const [room] = data ?? [];
  return room ? `${room.buildingName} ${room.code}` : '…';
}

function People({ ids }: { ids: readonly string[] }) {
  const t = useTranslate();
  const { data } = useRecords('tenants', ids);
  if (ids.length === 0) return t('app.change.nobody');
  return data ? data.map(({ name }) => name).join('、') : t('app.change.people', { count: ids.length });
}

function EscalationText({ escalation }: { escalation: Escalation }) {
  const t = useTranslate();
  if (escalation.kind === 'none') return t('app.change.noEscalation');
  const step = escalation.kind === 'percent' ? `${escalation.basisPoints / 100}%` : formatYuan(escalation.amountFen);
  return t('app.change.eachYear', { step });
}

/** What was asked for, as people say it. */
export function AskedValue({ fact }: { fact: AskedFact }) {
  const t = useTranslate();
  switch (fact.kind) {
    case 'day':
      return fact.day;
    case 'openEnd':
      return t('app.change.openEnd');
    case 'money':
      return <Money fen={fact.fen} />;
    case 'cycle':
      return t(`app.cycle.${fact.cycle}`);
    case 'room':
      return <RoomName id={fact.roomId} />;
    case 'people':
      return <People ids={fact.ids} />;
    case 'escalation':
      return <EscalationText escalation={fact.escalation} />;
    case 'fees':
      return fact.fees.length === 0
        ? t('app.change.noFees')
        : fact.fees.map((fee) => `${t(`app.lineKind.${fee.kind}`)} ${formatYuan(fee.amountFen)}`).join('、');
  }
}
