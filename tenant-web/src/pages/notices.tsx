import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Badge, List } from 'antd-mobile';
import { useTranslation } from 'react-i18next';
import type { Notice } from '../client/contract';
import { api } from '../client/live';
import { Loaded } from '../components/loaded';
import { Shell } from '../components/shell';
import { formatInstant } from '../format';

function NoticeItem({ notice, read }: { notice: Notice; read: (id: string) => void }) {
  const unread = notice.readAt === null;
  return (
    <List.Item
      arrow={false}
      title={formatInstant(notice.servedAt)}
      description={notice.text}
      {...(unread && { onClick: () => read(notice.id) })}
    >
      <Badge content={unread ? Badge.dot : null}>
        <span style={{ fontWeight: unread ? 600 : 400 }}>{notice.title}</span>
      </Badge>
    </List.Item>
  );
}

export default function NoticesPage() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const notices = useQuery({ queryKey: ['notices'], queryFn: () => api.notices(), refetchInterval: 10_000 });
  const read = useMutation({
    mutationFn: (id: string) => api.readNotice(id),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['notices'] }),
  });
  return (
    <Shell title={t('tab.notices')}>
      <Loaded query={notices}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="quiet">{t('notice.none')}</p>
          ) : (
            <List>
              {items.map((notice) => (
                <NoticeItem key={notice.id} notice={notice} read={(id) => read.mutate(id)} />
              ))}
            </List>
          )
        }
      </Loaded>
    </Shell>
  );
}
