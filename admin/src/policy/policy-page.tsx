import { Alert, Button, Skeleton, Stack } from '@mui/material';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Title, useNotify, useTranslate } from 'react-admin';
import { Panel } from '../components/panel';
import { Refusal } from '../components/refusal';
import { useData, useMay } from '../components/use-app';
import type { Policy } from '../data/contract';
import { fieldErrorsOf } from '../data/field-errors';
import { policyErrors } from './policy-errors';
import { Choose, type Edit, Grid, TextBox, Tick } from './policy-fields';
import { type PolicyText, policyOf, textOf } from './policy-text';

const MODES = ['automatic', 'confirmed', 'notifyOnly'];
const PENALTIES = ['none', 'months', 'deposit'];

function Enforcement({ edit }: { edit: Edit }) {
  const t = useTranslate();
  return (
    <Panel title={t('app.policy.enforcement')}>
      <Grid>
        <Choose edit={edit} name="mode" options={MODES} label={(mode) => t(`app.enforcementMode.${mode}`)} />
        <TextBox edit={edit} name="graceDays" />
        <TextBox edit={edit} name="minimumArrears" />
        <Tick edit={edit} name="countLateFees" />
        <Tick edit={edit} name="quiet" />
        {edit.text.quiet && <TextBox edit={edit} name="quietFrom" />}
        {edit.text.quiet && <TextBox edit={edit} name="quietUntil" />}
      </Grid>
    </Panel>
  );
}

function Money({ edit }: { edit: Edit }) {
  const t = useTranslate();
  return (
    <Panel title={t('app.policy.money')}>
      <Grid>
        <TextBox edit={edit} name="remindOnDays" />
        <TextBox edit={edit} name="dunningHour" />
        <TextBox edit={edit} name="lateFeeGraceDays" />
        <TextBox edit={edit} name="lateFeeDailyRate" />
        <TextBox edit={edit} name="lateFeeCap" />
        <Tick edit={edit} name="arrearsFirst" />
      </Grid>
    </Panel>
  );
}

function Endings({ edit }: { edit: Edit }) {
  const t = useTranslate();
  return (
    <Panel title={t('app.policy.endings')}>
      <Grid>
        <TextBox edit={edit} name="firstBillHours" />
        <TextBox edit={edit} name="endingNoticeDays" />
        <TextBox edit={edit} name="maxRentFreeDays" />
        <Choose edit={edit} name="penalty" options={PENALTIES} label={(kind) => t(`app.penalty.${kind}`)} />
        {edit.text.penalty === 'months' && <TextBox edit={edit} name="penaltyMonths" />}
        <TextBox edit={edit} name="noticeDays" />
        <TextBox edit={edit} name="lockHour" />
        <TextBox edit={edit} name="inspectionDays" />
      </Grid>
    </Panel>
  );
}

function PolicyForm({ read }: { read: { data: Policy; etag: string | null } }) {
  const t = useTranslate();
  const data = useData();
  const notify = useNotify();
  const queries = useQueryClient();
  const mayDo = useMay();
  const [text, setText] = useState(() => textOf(read.data));
  const save = useMutation({
    mutationFn: () => data.editPolicy({ policy: policyOf(text), etag: read.etag }),
    onSuccess: async () => {
      notify('app.policy.saved', { type: 'success' });
      await queries.invalidateQueries({ queryKey: ['policy'] });
    },
  });
  const set = (part: Partial<PolicyText>) => setText({ ...text, ...part });
  const said = policyErrors(fieldErrorsOf(save.error));
  const edit = { text, set, locked: !mayDo('operator.edit'), errors: said.of };
  return (
    <>
      <Enforcement edit={edit} />
      <Money edit={edit} />
      <Endings edit={edit} />
      <Refusal error={save.error} rest={said.rest} />
      {!edit.locked && (
        <Button
          variant="contained"
          sx={{ alignSelf: 'flex-start' }}
          disabled={save.isPending}
          onClick={() => save.mutate()}
        >
          {t('ra.action.save')}
        </Button>
      )}
    </>
  );
}

/** The operator's rules. A lease keeps the ones it was signed under, which the page says on top. */
export default function PolicyPage() {
  const t = useTranslate();
  const data = useData();
  const policy = useQuery({ queryKey: ['policy'], queryFn: () => data.readPolicy(), refetchOnWindowFocus: false });
  return (
    <Stack sx={{ gap: 2, py: 2, maxWidth: 1000 }}>
      <Title title={t('resources.policy.name')} />
      <Alert severity="info">{t('app.policy.onlyNew')}</Alert>
      {policy.error && <Alert severity="error">{t(policy.error.message, { _: policy.error.message })}</Alert>}
      {policy.isPending && <Skeleton variant="rounded" height={320} />}
      {policy.data && <PolicyForm key={policy.data.etag} read={policy.data} />}
    </Stack>
  );
}
