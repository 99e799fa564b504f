import { Datagrid, FunctionField, List, NumberField, SearchInput, TextField, useTranslate } from 'react-admin';
import { type Line, Rows } from '../components/rows';
import type { Tenant } from '../data/contract';
import { UnmaskButton } from './unmask-button';

const line = (tenant: Tenant): Line => ({
  primary: tenant.name,
  secondary: `${tenant.phoneMasked ?? ''} ${tenant.idNumberMasked ?? ''}`,
  end: <UnmaskButton tenant={tenant} />,
});

export default function TenantList() {
  const t = useTranslate();
  return (
    <List exporter={false} filters={[<SearchInput key="search" source="search" alwaysOn />]}>
      <Rows line={line}>
        <Datagrid rowClick={false} bulkActionButtons={false}>
          <TextField source="name" sortable={false} />
          <TextField source="phoneMasked" sortable={false} />
          <FunctionField
            label={t('resources.tenants.fields.idKind')}
            render={(tenant: Tenant) => (tenant.idKind ? t(`app.idKind.${tenant.idKind}`) : '—')}
          />
          <TextField source="idNumberMasked" sortable={false} emptyText="—" />
          <NumberField source="activeLeases" sortable={false} />
          <FunctionField label="" render={(tenant: Tenant) => <UnmaskButton tenant={tenant} />} />
        </Datagrid>
      </Rows>
    </List>
  );
}
