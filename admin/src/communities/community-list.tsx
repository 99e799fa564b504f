import { Datagrid, FunctionField, List, NumberField, SearchInput, TextField, useTranslate } from 'react-admin';
import { type Line, Rows } from '../components/rows';
import type { Community } from '../data/contract';

const share = ({ rooms, occupied }: Community): string =>
  rooms === 0 ? '—' : `${Math.round((occupied / rooms) * 100)}%`;

const line = (community: Community): Line => ({
  primary: `${community.code} ${community.name}`,
  secondary: `${community.city ?? ''} ${community.address ?? ''}`,
  end: `${community.occupied} / ${community.rooms} · ${share(community)}`,
  to: `/communities/${community.id}`,
});

export default function CommunityList() {
  const t = useTranslate();
  return (
    <List exporter={false} filters={[<SearchInput key="search" source="search" alwaysOn />]}>
      <Rows line={line}>
        <Datagrid rowClick="edit" bulkActionButtons={false}>
          <TextField source="code" sortable={false} />
          <TextField source="name" sortable={false} />
          <TextField source="city" sortable={false} emptyText="—" />
          <TextField source="address" sortable={false} emptyText="—" />
          <NumberField source="rooms" sortable={false} />
          <NumberField source="occupied" sortable={false} />
          <FunctionField label={t('app.community.occupancy')} render={share} />
        </Datagrid>
      </Rows>
    </List>
  );
}
