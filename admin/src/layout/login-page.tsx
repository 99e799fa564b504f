import { Alert, Box, Button, Card, CardContent, Stack, TextField, Typography } from '@mui/material';
import { type FormEvent, useState } from 'react';
import { useLocaleState, useLogin, useTranslate } from 'react-admin';
import { useSearchParams } from 'react-router-dom';
import { wantsTotp } from '../data/auth-provider';

function useSignIn() {
  const login = useLogin();
  const [totpAsked, askTotp] = useState(false);
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const totp = String(form.get('totp') ?? '').trim();
    const who = { login: String(form.get('login')), password: String(form.get('password')) };
    setBusy(true);
    setError(undefined);
    await login({ ...who, ...(totp && { totp }) }).catch((cause: Error) => {
      if (wantsTotp(cause) && totp === '') askTotp(true);
      else setError(cause.message);
    });
    setBusy(false);
  };
  return { submit, totpAsked, error, busy };
}

function LanguageSwitch() {
  const [locale, setLocale] = useLocaleState();
  const other = locale === 'en' ? 'zh-CN' : 'en';
  return (
    <Button size="small" onClick={() => setLocale(other)} lang={other}>
      {other === 'en' ? 'English' : '中文'}
    </Button>
  );
}

export function LoginPage() {
  const t = useTranslate();
  const { submit, totpAsked, error, busy } = useSignIn();
  const [params] = useSearchParams();
  const ended = params.get('ended') === 'true' && !error && !totpAsked;
  return (
    <Box
      component="main"
      sx={{ minHeight: '100vh', display: 'grid', placeItems: 'center', bgcolor: 'background.default', p: 2 }}
    >
      <Card variant="outlined" sx={{ width: '100%', maxWidth: 380 }}>
        <CardContent component="form" onSubmit={submit}>
          <Stack direction="row" sx={{ justifyContent: 'space-between', alignItems: 'center', mb: 2 }}>
            <Typography variant="h5" component="h1">
              {t('app.title')}
            </Typography>
            <LanguageSwitch />
          </Stack>
          {ended && (
            <Alert severity="info" sx={{ mb: 1 }}>
              {t('app.login.ended')}
            </Alert>
          )}
          <TextField
            fullWidth
            required
            margin="dense"
            name="login"
            label={t('ra.auth.username')}
            autoComplete="username"
            autoFocus
          />
          <TextField
            fullWidth
            required
            margin="dense"
            name="password"
            type="password"
            label={t('ra.auth.password')}
            autoComplete="current-password"
          />
          {totpAsked && (
            <TextField
              fullWidth
              required
              autoFocus
              margin="dense"
              name="totp"
              label={t('app.login.totp')}
              helperText={t('app.login.totpHelp')}
              autoComplete="one-time-code"
              slotProps={{ htmlInput: { inputMode: 'numeric', pattern: '\\d{6}', maxLength: 6 } }}
            />
          )}
          {error && (
            <Alert severity="error" sx={{ mt: 1 }}>
              {t(error, { _: error })}
            </Alert>
          )}
          <Button fullWidth type="submit" variant="contained" size="large" disabled={busy} sx={{ mt: 2 }}>
            {t('ra.auth.sign_in')}
          </Button>
        </CardContent>
      </Card>
    </Box>
  );
}
