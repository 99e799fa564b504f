import { Edit, required, SaveButton, SimpleForm, TextInput, Toolbar } from 'react-admin';

const SaveOnly = () => (
  <Toolbar>
    <SaveButton />
  </Toolbar>
);

/** Sent with the ETag of what was read: someone else's edit in between is refused, not overwritten. */
export default function CommunityEdit() {
  return (
    <Edit mutationMode="pessimistic" redirect="list">
      <SimpleForm toolbar={<SaveOnly />}>
        <TextInput source="code" disabled />
        <TextInput source="name" validate={required()} />
        <TextInput source="city" parse={(text: string) => text || null} />
        <TextInput source="address" parse={(text: string) => text || null} fullWidth />
      </SimpleForm>
    </Edit>
  );
}
