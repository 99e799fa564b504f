import { type NoticeParams, renderNotice } from '../../contract/notice';
import type { NoticeKey } from '../../contract/notice-templates';
import type { NoticeDraft } from '../../db/lease-write';

/** A message for an inbox in Chinese, the language of the contract. `key` is unique in the lease: it is served once. */
const notice =
  (audience: NoticeDraft['audience']) =>
  <Key extends NoticeKey>(key: string, template: Key, params: NoticeParams<Key>): NoticeDraft => ({
    key,
    audience,
    template,
    ...renderNotice(template, params),
  });

export const tenantNotice = notice('tenant');
export const staffNotice = notice('staff');
