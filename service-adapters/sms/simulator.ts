import express, { Router } from 'express';
import { SendSms } from '../../contract/sms';
import { escapeHtml, PAGE_HEADERS, page } from '../simulator/html';
import { onlySigned, parseJson, rawText } from '../simulator/signed-requests';

const BANNER = '模拟短信收件箱，没有短信发往真实手机';
const KEPT = 500;

/** 138****0001: enough to know one's own phone by. */
const masked = (phone: string): string =>
  phone.replace(/^(.{3})(.*)(.{4})$/, (_, a, b, c) => a + '*'.repeat(b.length) + c);

const shanghaiTime = (iso: string): string =>
  new Date(iso).toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai', hour12: false });

const inboxPage = (messages: readonly SendSms[]): string =>
  page(
    '模拟短信',
    BANNER,
    messages.length === 0
      ? '<section><h1>模拟短信</h1><p>还没有短信。</p></section>'
      : messages
          .map(
            ({ phone, text, at }) =>
              `<section><h1>${escapeHtml(masked(phone))}</h1><p>${escapeHtml(text)}</p><p class="note">模拟短信 · ${escapeHtml(shanghaiTime(at))}</p></section>`,
          )
          .join(''),
  );

/**
 * The phone in everyone's pocket, simulated: `POST /sms` takes signed messages, `GET /sms` shows the newest first
 * (`?phone=` one phone's; JSON when asked for). Kept in memory only: codes should not outlive the demo.
 */
export function smsRoutes(merchantPublicPem: string): Router {
  const inbox: SendSms[] = [];
  const router = Router();
  router.post(
    '/sms',
    express.raw({ type: () => true, limit: '16kb' }),
    onlySigned(merchantPublicPem, (res, why) => res.status(401).json({ code: 'InvalidSignature', message: why })),
    (req, res) => {
      const message = SendSms.safeParse(parseJson(rawText(req.body)));
      if (!message.success) return res.status(400).json({ code: 'InvalidRequest', message: message.error.message });
      if (!inbox.some(({ messageId }) => messageId === message.data.messageId)) inbox.unshift(message.data);
      inbox.splice(KEPT);
      return res.status(204).end();
    },
  );
  router.get('/sms', (req, res) => {
    const { phone } = req.query;
    const messages = phone === undefined ? inbox : inbox.filter((message) => message.phone === phone);
    res.set(PAGE_HEADERS);
    if (req.accepts(['html', 'json']) === 'json') res.json({ simulated: true, messages });
    else res.send(inboxPage(messages));
  });
  return router;
}
