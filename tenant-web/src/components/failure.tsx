import { Button, ErrorBlock, NoticeBar } from 'antd-mobile';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../client/http';
import { refusalText } from '../client/refusal-text';

type Props = { error: Error; retry?: () => void; small?: boolean };

/** The API's own sentence, or that the service is away. */
export function useFailureText(): (error: Error) => string {
  const { t, i18n } = useTranslation();
  return (error) => {
    if (!(error instanceof ApiError)) return t('failure.page');
    if (error.isOutage) return t('failure.outage');
    return error.problem ? refusalText(error.problem, i18n.language) : t('failure.other', { status: error.status });
  };
}

export function Failure({ error, retry, small = false }: Props) {
  const { t } = useTranslation();
  const text = useFailureText()(error);
  if (small) return <NoticeBar color="alert" content={text} wrap />;
  return (
    <ErrorBlock status="disconnected" title={text} description={t('failure.hint')}>
      {retry && (
        <Button color="primary" onClick={retry}>
          {t('action.retry')}
        </Button>
      )}
    </ErrorBlock>
  );
}
