import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, List, NoticeBar } from 'antd-mobile';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import type { SignIn } from '../client/contract';
import { ApiError } from '../client/http';
import { api } from '../client/live';
import { rememberSignedIn } from '../client/signed-in';
import { Failure } from '../components/failure';
import { LanguageButton } from '../components/language-button';
import { VirtualTag } from '../components/tags';

const isPhone = (text: string): boolean => /^1[3-9]\d{9}$/.test(text);

/** Seconds until another code may be asked for. */
function useCountdown(): [number, (seconds: number) => void] {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (left <= 0) return;
    const timer = setTimeout(() => setLeft(left - 1), 1000);
    return () => clearTimeout(timer);
  }, [left]);
  return [left, setLeft];
}

function useSignIn() {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [wait, setWait] = useState(0);
  const [left, count] = useCountdown();
  const code = useMutation({
    mutationFn: (phone: string) => api.sendCode(phone),
    onSuccess: ({ retryAfterSeconds }) => {
      setWait(wait + 1);
      count(retryAfterSeconds);
    },
  });
  const enter = useMutation({
    mutationFn: (body: SignIn) => api.signIn(body),
    onSuccess: async (session) => {
      rememberSignedIn(localStorage);
      queries.clear();
      queries.setQueryData(['session'], session);
      await navigate('/', { replace: true });
    },
  });
  return { code, enter, left, sent: wait > 0 };
}

/** A phone that rents from several operators has to say which. */
function Operators({ error, choose }: { error: Error | null; choose: (operatorId: string) => void }) {
  const { t } = useTranslation();
  const choices = error instanceof ApiError ? (error.problem?.choices ?? []) : [];
  if (choices.length === 0) return null;
  return (
    <List header={t('signIn.chooseOperator')}>
      {choices.map(({ operatorId, name }) => (
        <List.Item key={operatorId} onClick={() => choose(operatorId)}>
          {name}
        </List.Item>
      ))}
    </List>
  );
}

export default function SignInPage() {
  const { t } = useTranslation();
  const [phone, setPhone] = useState('');
  const [digits, setDigits] = useState('');
  const { code, enter, left, sent } = useSignIn();
  const [params] = useSearchParams();
  const submit = (more: Partial<SignIn> = {}) => enter.mutate({ phone, code: digits, ...more });
  const needsChoice = enter.error instanceof ApiError && enter.error.problem?.code === 'OperatorChoiceNeeded';
  return (
    <div className="shell">
      <header className="top">
        <h1>{t('title')}</h1>
        <LanguageButton />
      </header>
      <main className="content">
        {params.get('ended') === 'true' && !sent && <NoticeBar color="info" wrap content={t('signIn.ended')} />}
        <Form
          layout="vertical"
          footer={
            <Button
              block
              type="submit"
              color="primary"
              size="large"
              loading={enter.isPending}
              disabled={!isPhone(phone) || digits.length !== 6}
            >
              {t('signIn.enter')}
            </Button>
          }
          onFinish={() => submit()}
        >
          <Form.Item
            label={t('signIn.phone')}
            description={phone !== '' && !isPhone(phone) ? t('signIn.phoneHelp') : undefined}
          >
            <Input
              value={phone}
              onChange={setPhone}
              type="tel"
              autoComplete="tel"
              maxLength={11}
              placeholder="138…"
              aria-label={t('signIn.phone')}
            />
          </Form.Item>
          <Form.Item
            label={t('signIn.code')}
            extra={
              <Button
                size="small"
                color="primary"
                fill="outline"
                loading={code.isPending}
                disabled={!isPhone(phone) || left > 0}
                onClick={() => code.mutate(phone)}
              >
                {left > 0 ? t('signIn.again', { left }) : t('signIn.send')}
              </Button>
            }
          >
            <Input
              value={digits}
              onChange={setDigits}
              type="tel"
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={6}
              aria-label={t('signIn.code')}
            />
          </Form.Item>
        </Form>
        {sent && !enter.error && <NoticeBar color="info" wrap content={t('signIn.sent')} />}
        <p className="quiet">
          <VirtualTag of="sms" /> {t('signIn.inbox')}
        </p>
        {code.error && <Failure error={code.error} small />}
        {enter.error && !needsChoice && <Failure error={enter.error} small />}
        <Operators
          error={enter.error}
          choose={(operatorId) => submit({ operatorId: operatorId as NonNullable<SignIn['operatorId']> })}
        />
      </main>
    </div>
  );
}
