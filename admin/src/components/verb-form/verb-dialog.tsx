import { Button, Dialog, DialogActions, DialogContent, DialogTitle } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import type { Lease } from '../../data/contract';
import { errorsByField, fieldErrorsOf } from '../../data/field-errors';
import { newKey } from '../../data/idempotency-key';
import { Refusal } from '../refusal';
import { useData } from '../use-app';
import { DryRunView } from './dry-run-view';
import { isComplete } from './values';
import type { DryRun, Values, Verb } from './verb';
import { VerbField } from './verb-fields';

type Props = { verb: Verb; lease: Lease; close: () => void };

const initialValues = (verb: Verb, lease: Lease): Values =>
  Object.fromEntries(
    verb.fields.map((field) => [field.name, field.initial?.(lease) ?? (field.kind === 'rows' ? [] : '')]),
  );

/** The state of one decision. Its Idempotency-Key lives as long as the same values do, so that a second click repeats nothing. */
function useDecision({ verb, lease, close }: Props) {
  const data = useData();
  const notify = useNotify();
  const queries = useQueryClient();
  const [values, setValues] = useState(() => initialValues(verb, lease));
  const [key, setKey] = useState(newKey);
  const [dryRun, setDryRun] = useState<DryRun>();
  const [error, setError] = useState<Error>();
  const [busy, setBusy] = useState(false);
  const set = (name: string, value: Values[string]) => {
    setValues({ ...values, [name]: value });
    setDryRun(undefined);
    setError(undefined);
    setKey(newKey());
  };
  const attempt = async (deed: () => Promise<void>) => {
    setBusy(true);
    setError(undefined);
    await deed().catch((cause: Error) => setError(cause));
    setBusy(false);
  };
  const call = { data, lease, values, key };
  const tryOut = () => attempt(async () => setDryRun(await verb.dryRun?.(call)));
  const decide = () =>
    attempt(async () => {
      await (dryRun ? dryRun.confirm() : verb.run?.(call));
      await queries.invalidateQueries();
      notify('app.verb.done', { type: 'success' });
      close();
    });
  return { values, set, dryRun, error, busy, tryOut, decide };
}

/** Asks what a verb needs, shows its dry run where it has one, and only then lets it be confirmed. */
export function VerbDialog(props: Props) {
  const { verb, lease, close } = props;
  const t = useTranslate();
  const { values, set, dryRun, error, busy, tryOut, decide } = useDecision(props);
  const mustTry = verb.dryRun !== undefined && dryRun === undefined;
  const said = errorsByField(verb.fields, fieldErrorsOf(error));
  const ready = !busy && isComplete(verb.fields, values);
  return (
    <Dialog open onClose={close} fullWidth maxWidth={verb.dryRun ? 'md' : 'sm'}>
      <DialogTitle>{t(`app.verb.${verb.name}`)}</DialogTitle>
      <DialogContent>
        {t(`app.verbHelp.${verb.name}`)}
        {verb.fields.map((field) => (
          <VerbField
            key={field.name}
            field={field}
            lease={lease}
            values={values}
            errors={said.of[field.name] ?? {}}
            set={set}
          />
        ))}
        {dryRun && <DryRunView dryRun={dryRun} />}
        <Refusal error={error} rest={said.rest} />
      </DialogContent>
      <DialogActions>
        <Button onClick={close}>{t('ra.action.cancel')}</Button>
        {mustTry ? (
          <Button variant="contained" disabled={!ready} onClick={tryOut}>
            {t('app.dryRun.try')}
          </Button>
        ) : (
          <Button variant="contained" color={verb.danger ? 'error' : 'primary'} disabled={!ready} onClick={decide}>
            {t('ra.action.confirm')}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}
