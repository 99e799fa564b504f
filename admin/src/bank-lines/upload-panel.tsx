import UploadFile from '@mui/icons-material/UploadFile';
import { Alert, Button, LinearProgress, Stack, TextField, Typography } from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { Panel } from '../components/panel';
import { Refusal } from '../components/refusal';
import { useData } from '../components/use-app';
import { StatementReport } from './statement-report';

type Run = { readonly file: File; readonly dryRun: boolean; readonly account: string };

function useStatementImport() {
  const data = useData();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (run: Run) => data.importBankStatement(run),
    onSuccess: ({ dryRun }) => (dryRun ? undefined : queries.invalidateQueries()),
  });
}

type PickerProps = {
  file: File | undefined;
  account: string;
  setAccount: (text: string) => void;
  pick: (file: File) => void;
};

function Picker({ file, account, setAccount, pick }: PickerProps) {
  const t = useTranslate();
  return (
    <Stack direction="row" sx={{ gap: 1.5, alignItems: 'center', flexWrap: 'wrap' }}>
      <Button component="label" variant="outlined" startIcon={<UploadFile />}>
        {t('app.import.choose')}
        <input
          hidden
          type="file"
          accept=".csv,.txt,.sta,.940,.mt940"
          onChange={(event) => {
            const [chosen] = event.target.files ?? [];
            if (chosen) pick(chosen);
            event.target.value = ''; // choosing the same file again, mended, must count as a choice
          }}
        />
      </Button>
      <Typography variant="body2">{file?.name ?? t('app.import.noFile')}</Typography>
      <TextField
        size="small"
        name="account"
        sx={{ minWidth: 320 }}
        label={t('app.bank.account')}
        value={account}
        onChange={(event) => setAccount(event.target.value)}
      />
    </Stack>
  );
}

/** Always a dry run first; then all of the file or nothing. */
export function UploadPanel() {
  const t = useTranslate();
  const [file, setFile] = useState<File>();
  const [account, setAccount] = useState('');
  const running = useStatementImport();
  const report = running.data;
  const pick = (next: File) => {
    setFile(next);
    running.reset();
    running.mutate({ file: next, dryRun: true, account });
  };
  const fresh = report && report.outgoing + report.matched + report.unmatched > 0;
  return (
    <Panel title={t('app.bank.import')}>
      <Typography variant="body2" sx={{ mb: 2 }}>
        {t('app.bank.help')}
      </Typography>
      <Picker file={file} account={account} setAccount={setAccount} pick={pick} />
      {running.isPending && <LinearProgress sx={{ mt: 2 }} />}
      <Refusal error={running.error} />
      {report && !report.dryRun && (
        <Alert severity="success" sx={{ mt: 2 }}>
          {t('app.bank.done')}
        </Alert>
      )}
      {report && <StatementReport report={report} />}
      {report?.dryRun && file && (
        <Button
          variant="contained"
          sx={{ mt: 2 }}
          disabled={!fresh || running.isPending}
          onClick={() => running.mutate({ file, dryRun: false, account })}
        >
          {t('app.import.confirm')}
        </Button>
      )}
    </Panel>
  );
}
