import UploadFile from '@mui/icons-material/UploadFile';
import { Alert, Button, Checkbox, FormControlLabel, LinearProgress, Stack, Typography } from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Title, useTranslate } from 'react-admin';
import { Panel } from '../components/panel';
import { Refusal } from '../components/refusal';
import { useData } from '../components/use-app';
import { isEmpty, ReportView } from './report-view';

const Downloads = () => {
  const t = useTranslate();
  return (
    <Stack direction="row" sx={{ gap: 1 }}>
      <Button href="/v1/imports/template">{t('app.import.template')}</Button>
      <Button href="/v1/imports/example">{t('app.import.example')}</Button>
    </Stack>
  );
};

function FilePicker({ file, pick }: { file: File | undefined; pick: (file: File | undefined) => void }) {
  const t = useTranslate();
  return (
    <Stack direction="row" sx={{ gap: 1.5, alignItems: 'center', flexWrap: 'wrap' }}>
      <Button component="label" variant="outlined" startIcon={<UploadFile />}>
        {t('app.import.choose')}
        <input
          hidden
          type="file"
          accept=".xlsx,.csv"
          onChange={(event) => {
            pick(event.target.files?.[0]);
            event.target.value = ''; // choosing the same file again, mended, must count as a choice
          }}
        />
      </Button>
      <Typography variant="body2">{file?.name ?? t('app.import.noFile')}</Typography>
    </Stack>
  );
}

type Run = { readonly file: File; readonly dryRun: boolean; readonly skipBadRows: boolean };

function useImport() {
  const data = useData();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (run: Run) => ({ run, report: await data.runImport(run) }),
    onSuccess: ({ run }) => (run.dryRun ? undefined : queries.invalidateQueries()),
  });
}

/** Always a dry run first; then all or nothing, or without the bad rows when asked for. */
export default function ImportPage() {
  const t = useTranslate();
  const [file, setFile] = useState<File>();
  const [skipBadRows, setSkip] = useState(false);
  const running = useImport();
  const report = running.data?.report;
  const choose = (next: File | undefined) => {
    if (!next) return;
    setFile(next);
    running.reset();
    running.mutate({ file: next, dryRun: true, skipBadRows });
  };
  const canConfirm =
    file && report?.dryRun && !isEmpty(report) && (report.refused.length === 0 || skipBadRows) && !running.isPending;
  return (
    <Stack sx={{ gap: 2, py: 2, maxWidth: 1100 }}>
      <Title title={t('resources.imports.name')} />
      <Panel title={t('app.import.title')} actions={<Downloads />}>
        <Typography variant="body2" sx={{ mb: 2 }}>
          {t('app.import.help')}
        </Typography>
        <FilePicker file={file} pick={choose} />
        {running.isPending && <LinearProgress sx={{ mt: 2 }} />}
        <Refusal error={running.error} />
      </Panel>
      {report && (
        <Panel title={t(report.dryRun ? 'app.import.dryRunResult' : 'app.import.result')}>
          {!report.dryRun && !isEmpty(report) && <Alert severity="success">{t('app.import.done')}</Alert>}
          <ReportView report={report} />
          {report.dryRun && file && (
            <Stack direction="row" sx={{ gap: 2, mt: 2, alignItems: 'center' }}>
              <Button
                variant="contained"
                disabled={!canConfirm}
                onClick={() => running.mutate({ file, dryRun: false, skipBadRows })}
              >
                {t('app.import.confirm')}
              </Button>
              {report.refused.length > 0 && (
                <FormControlLabel
                  control={<Checkbox checked={skipBadRows} onChange={(event) => setSkip(event.target.checked)} />}
                  label={t('app.import.skipBadRows')}
                />
              )}
            </Stack>
          )}
        </Panel>
      )}
    </Stack>
  );
}
