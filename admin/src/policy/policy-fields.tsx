import { Box, Checkbox, FormControlLabel, MenuItem, TextField } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslate } from 'react-admin';
import type { PolicyText } from './policy-text';

export type Edit = {
  text: PolicyText;
  set: (part: Partial<PolicyText>) => void;
  locked: boolean;
  errors: Partial<Record<keyof PolicyText, string>>;
};

type NameOf<T> = { [K in keyof PolicyText]: PolicyText[K] extends T ? K : never }[keyof PolicyText];

export const Grid = ({ children }: { children: ReactNode }) => (
  <Box
    sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'repeat(auto-fill, minmax(230px, 1fr))', alignItems: 'center' }}
  >
    {children}
  </Box>
);

export function TextBox({ edit, name }: { edit: Edit; name: NameOf<string> }) {
  const t = useTranslate();
  return (
    <TextField
      label={t(`app.policy.${name}`)}
      value={edit.text[name]}
      disabled={edit.locked}
      error={edit.errors[name] !== undefined}
      helperText={edit.errors[name]}
      onChange={(event) => edit.set({ [name]: event.target.value })}
    />
  );
}

export function Tick({ edit, name }: { edit: Edit; name: NameOf<boolean> }) {
  const t = useTranslate();
  return (
    <FormControlLabel
      label={t(`app.policy.${name}`)}
      disabled={edit.locked}
      control={<Checkbox checked={edit.text[name]} onChange={(event) => edit.set({ [name]: event.target.checked })} />}
    />
  );
}

type ChooseProps = {
  edit: Edit;
  name: 'mode' | 'penalty';
  options: readonly string[];
  label: (option: string) => string;
};

export function Choose({ edit, name, options, label }: ChooseProps) {
  const t = useTranslate();
  return (
    <TextField
      select
      label={t(`app.policy.${name}`)}
      value={edit.text[name]}
      disabled={edit.locked}
      error={edit.errors[name] !== undefined}
      helperText={edit.errors[name]}
      onChange={(event) => edit.set({ [name]: event.target.value })}
    >
      {options.map((option) => (
        <MenuItem key={option} value={option}>
          {label(option)}
        </MenuItem>
      ))}
    </TextField>
  );
}
