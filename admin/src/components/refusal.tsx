import { Alert } from '@mui/material';
import { useTranslate } from 'react-admin';
import { fieldErrorsOf } from '../data/field-errors';

type Props = {
  error: Error | null | undefined;
  /** What was said of fields that this form does not show; without it, of all fields. */
  rest?: readonly string[];
};

/** Why it was refused, in one sentence, with what was said of fields that no input of the form can show. */
export function Refusal({ error, rest }: Props) {
  const t = useTranslate();
  if (!error) return null;
  const more = rest ?? Object.values(fieldErrorsOf(error));
  const sentence = t(error.message, { _: error.message });
  const others = [...new Set(more)].filter((text) => text !== sentence);
  return (
    <Alert severity="error" sx={{ mt: 2 }}>
      {sentence}
      {others.map((text) => (
        <div key={text}>{text}</div>
      ))}
    </Alert>
  );
}
