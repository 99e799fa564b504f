import { Datagrid, FunctionField, List, TextField, useTranslate } from 'react-admin';
import { useCommunityNames } from '../components/community-names';
import { CommunitySelect } from '../components/community-select';
import { type Line, Rows } from '../components/rows';
import type { Building } from '../data/contract';
import { FireAlarmButton, FireAlarmSince } from './fire-alarm-button';

const filters = [<CommunitySelect key="community" source="communityId" alwaysOn />];

/** Buildings with their fire alarms. */
export default function BuildingList() {
  const t = useTranslate();
  const communityName = useCommunityNames();
  const line = (building: Building): Line => ({
    primary: building.name,
    secondary: (
      <>
        {communityName(building.communityId)}
        <FireAlarmSince building={building} />
      </>
    ),
    end: <FireAlarmButton building={building} />,
  });
  return (
    <List filters={filters} exporter={false} perPage={25} queryOptions={{ refetchInterval: 10_000 }}>
      <Rows line={line}>
        <Datagrid bulkActionButtons={false} rowClick={false}>
          <FunctionField
            label={t('app.lease.community')}
            render={({ communityId }: Building) => communityName(communityId)}
          />
          <TextField source="code" sortable={false} />
          <TextField source="name" sortable={false} />
          <FunctionField
            label={t('app.fireAlarm.title')}
            render={(building: Building) =>
              building.fireAlarmSince === null ? t('app.fireAlarm.none') : <FireAlarmSince building={building} />
            }
          />
          <FunctionField label="" render={(building: Building) => <FireAlarmButton building={building} />} />
        </Datagrid>
      </Rows>
    </List>
  );
}
