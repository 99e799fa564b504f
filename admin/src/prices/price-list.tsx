import { Datagrid, FunctionField, List, TextField, useTranslate } from 'react-admin';
import { Money, MoneyField } from '../components/money';
import { type Line, Rows } from '../components/rows';
import type { Price } from '../data/contract';
import { EndPriceButton } from './end-price-button';

const months = ({ minMonths, maxMonths }: Price): string => `${minMonths} – ${maxMonths ?? '∞'}`;

export default function PriceList() {
  const t = useTranslate();
  const line = (price: Price): Line => ({
    primary: (
      <>
        {price.roomName ?? price.roomTypeName} · <Money fen={price.rateFen} /> {t(`app.basis.${price.basis}`)}
      </>
    ),
    secondary: `${t('app.price.months')} ${months(price)} · ${t(`app.cycle.${price.cycle}`)} · ${price.validFrom} – ${price.validUntil ?? ''}`,
    end: <EndPriceButton />,
  });
  return (
    <List exporter={false} perPage={50}>
      <Rows line={line}>
        <Datagrid bulkActionButtons={false} rowClick={false}>
          <TextField source="communityName" sortable={false} label="app.field.community" />
          <TextField source="roomTypeName" sortable={false} emptyText="—" label="app.price.roomType" />
          <TextField source="roomName" sortable={false} emptyText={t('app.price.wholeType')} label="app.price.room" />
          <FunctionField label={t('app.price.months')} render={months} />
          <FunctionField label={t('app.field.cycle')} render={(price: Price) => t(`app.cycle.${price.cycle}`)} />
          <MoneyField source="rateFen" label="app.lease.rate" />
          <FunctionField label={t('app.price.basis')} render={(price: Price) => t(`app.basis.${price.basis}`)} />
          <TextField source="depositMonths" sortable={false} label="app.price.depositMonths" />
          <TextField source="validFrom" sortable={false} label="app.price.validFrom" />
          <TextField source="validUntil" sortable={false} emptyText="—" label="app.price.validUntil" />
          <EndPriceButton />
        </Datagrid>
      </Rows>
    </List>
  );
}
