import { Create, regex, required, SelectInput, SimpleForm, TextInput } from 'react-admin';

const ID_KINDS = ['residentId', 'passport', 'hkMacaoPermit', 'taiwanPermit', 'other'] as const;
const phone = [required(), regex(/^1[3-9]\d{9}$/, 'app.field.phoneInvalid')];

export default function TenantCreate() {
  return (
    <Create redirect="list">
      <SimpleForm>
        <TextInput source="name" validate={required()} />
        <TextInput source="phone" validate={phone} />
        <SelectInput source="idKind" choices={ID_KINDS.map((id) => ({ id, name: `app.idKind.${id}` }))} />
        <TextInput source="idNumber" />
      </SimpleForm>
    </Create>
  );
}
