import { Button, Stack } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Title, useTranslate } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import { Panel } from '../components/panel';
import { Refusal } from '../components/refusal';
import { useData, useMay } from '../components/use-app';
import type { QuoteBody } from '../data/contract';
import { errorsByField, fieldErrorsOf } from '../data/field-errors';
import { QUOTE_FIELDS, quoteBodyOf, usualDraft } from './quote-draft';
import { QuoteForm } from './quote-form';
import { QuoteView } from './quote-view';

/** Quote calculator: every bill that would follow, without signing anything. */
export default function QuotePage() {
  const t = useTranslate();
  const data = useData();
  const mayDo = useMay();
  const navigate = useNavigate();
  const [draft, setDraft] = useState(() => usualDraft('', Date.now()));
  const quote = useMutation({ mutationFn: (body: QuoteBody) => data.makeQuote(body) });
  const body = quoteBodyOf(draft);
  const said = errorsByField(QUOTE_FIELDS, fieldErrorsOf(quote.error));
  return (
    <Stack sx={{ gap: 2, py: 2, maxWidth: 900 }}>
      <Title title={t('resources.quotes.name')} />
      <Panel title={t('resources.quotes.name')}>
        <QuoteForm draft={draft} change={setDraft} errors={said.of} />
        <Stack direction="row" sx={{ gap: 1, mt: 2 }}>
          <Button variant="contained" disabled={!body || quote.isPending} onClick={() => body && quote.mutate(body)}>
            {t('app.quote.calculate')}
          </Button>
          {mayDo('lease.sign') && draft.roomId !== '' && (
            <Button onClick={() => navigate(`/leases/create?room=${draft.roomId}`)}>{t('app.lease.new')}</Button>
          )}
        </Stack>
        <Refusal error={quote.error} rest={said.rest} />
      </Panel>
      {quote.data && (
        <Panel title={t('app.quote.result')}>
          <QuoteView quote={quote.data} />
        </Panel>
      )}
    </Stack>
  );
}
