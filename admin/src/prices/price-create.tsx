import { useQuery } from '@tanstack/react-query';
import { Create, NumberInput, required, SelectInput, SimpleForm, TextInput } from 'react-admin';
import { shanghaiDate } from '../../../domain/calendar';
import { useData } from '../components/use-app';
import { parseYuan } from '../components/yuan';
import { CYCLES } from '../quotes/quote-draft';

const cycles = CYCLES.map((id) => ({ id, name: `app.cycle.${id}` }));
const bases = ['perMonth', 'perDay'].map((id) => ({ id, name: `app.basis.${id}` }));
const amount = (text: string) => ((parseYuan(text) ?? 0) > 0 ? undefined : 'app.field.amountInvalid');

function useRoomTypes() {
  const data = useData();
  const params = { pagination: { page: 1, perPage: 200 }, sort: { field: 'name', order: 'ASC' as const }, filter: {} };
  return useQuery({ queryKey: ['room-types', 'every'], queryFn: () => data.getList('room-types', params) });
}

type Typed = { rateFen: string; cycle: string } & Record<string, unknown>;

/** What the API wants: fen, and the cycle as a number but for the whole term. */
export const priceBody = ({ rateFen, cycle, ...rest }: Typed) => ({
  ...rest,
  rateFen: parseYuan(rateFen),
  cycle: cycle === 'wholeTerm' ? cycle : Number(cycle),
});

export default function PriceCreate() {
  const types = useRoomTypes();
  const initial = {
    minMonths: 1,
    maxMonths: 60,
    cycle: '1',
    basis: 'perMonth',
    depositMonths: 1,
    validFrom: shanghaiDate(Date.now()),
  };
  return (
    <Create redirect="list" transform={(typed: unknown) => priceBody(typed as Typed)}>
      <SimpleForm defaultValues={initial}>
        <SelectInput
          source="roomTypeId"
          label="app.price.roomType"
          choices={types.data?.data ?? []}
          translateChoice={false}
          validate={required()}
        />
        <TextInput source="rateFen" label="app.lease.rate" validate={[required(), amount]} />
        <SelectInput source="basis" label="app.price.basis" choices={bases} validate={required()} />
        <SelectInput source="cycle" label="app.field.cycle" choices={cycles} validate={required()} />
        <NumberInput source="minMonths" label="app.price.minMonths" min={0} validate={required()} />
        <NumberInput source="maxMonths" label="app.price.maxMonths" min={1} validate={required()} />
        <NumberInput source="depositMonths" label="app.price.depositMonths" min={0} validate={required()} />
        <TextInput source="validFrom" label="app.price.validFrom" type="date" validate={required()} />
      </SimpleForm>
    </Create>
  );
}
