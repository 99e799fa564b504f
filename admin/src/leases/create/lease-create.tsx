import { Button, Stack } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Title, useNotify, useRefresh, useTranslate } from 'react-admin';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { Panel } from '../../components/panel';
import { Refusal } from '../../components/refusal';
import { useData } from '../../components/use-app';
import type { QuoteBody, Tenant } from '../../data/contract';
import { errorsByField, fieldErrorsOf } from '../../data/field-errors';
import { newKey } from '../../data/idempotency-key';
import { QUOTE_FIELDS, type QuoteDraft, quoteBodyOf, usualDraft } from '../../quotes/quote-draft';
import { QuoteForm } from '../../quotes/quote-form';
import { QuoteView } from '../../quotes/quote-view';
import { TenantPicker } from './tenant-picker';

/** The same quote keeps its key, so that signing twice by a double click is one lease. */
function useSigning() {
  const data = useData();
  const notify = useNotify();
  const refresh = useRefresh();
  const navigate = useNavigate();
  const quote = useMutation({
    mutationFn: async (body: QuoteBody) => ({ body, quote: await data.makeQuote(body), key: newKey() }),
  });
  const sign = useMutation({
    mutationFn: async (tenant: Tenant) => {
      if (!quote.data) return;
      const { body, key } = quote.data;
      const { leaseId } = await data.signLease({ key, body: { ...body, tenantId: tenant.id } });
      notify('app.lease.signed', { type: 'success' });
      refresh();
      void navigate(`/leases/${leaseId}/show`);
    },
  });
  return { quote, sign };
}

export default function LeaseCreate() {
  const t = useTranslate();
  const [params] = useSearchParams();
  const [draft, setDraft] = useState(() => usualDraft(params.get('room') ?? '', Date.now()));
  const [tenant, setTenant] = useState<Tenant | null>(null);
  const { quote, sign } = useSigning();
  const body = quoteBodyOf(draft);
  const error = quote.error ?? sign.error;
  const said = errorsByField(QUOTE_FIELDS, fieldErrorsOf(error));
  const change = (next: QuoteDraft) => {
    setDraft(next);
    quote.reset();
    sign.reset();
  };
  return (
    <Stack sx={{ gap: 2, py: 2, maxWidth: 900 }}>
      <Title title={t('app.lease.new')} />
      <Panel title={t('app.lease.who')}>
        <TenantPicker tenant={tenant} pick={setTenant} />
      </Panel>
      <Panel title={t('app.lease.what')}>
        <QuoteForm draft={draft} change={change} errors={said.of} />
        <Button
          sx={{ mt: 2 }}
          variant="outlined"
          disabled={!body || quote.isPending}
          onClick={() => body && quote.mutate(body)}
        >
          {t('app.quote.calculate')}
        </Button>
      </Panel>
      <Refusal error={error} rest={said.rest} />
      {quote.data && (
        <Panel title={t('app.quote.result')}>
          <QuoteView quote={quote.data.quote} />
          <Button
            sx={{ mt: 2 }}
            variant="contained"
            size="large"
            disabled={tenant === null || sign.isPending}
            onClick={() => tenant && sign.mutate(tenant)}
          >
            {t('app.lease.sign')}
          </Button>
        </Panel>
      )}
    </Stack>
  );
}
