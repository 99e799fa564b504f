import { Create, required, SimpleForm, TextInput } from 'react-admin';

export default function CommunityCreate() {
  return (
    <Create redirect="list">
      <SimpleForm>
        <TextInput source="code" validate={required()} />
        <TextInput source="name" validate={required()} />
        <TextInput source="city" />
        <TextInput source="address" fullWidth />
      </SimpleForm>
    </Create>
  );
}
