import { SendSms } from '../../contract/sms';
import { createSigner } from '../signing';

/** Sends text messages. Idempotent by `messageId`; throws when the line is down, and may then be tried again. */
export type SmsSender = {
  /** True while nothing reaches a real phone; screens must say where the message went. */
  readonly simulated: boolean;
  send(message: SendSms): Promise<void>;
};

/** Sends to the simulator's inbox. @throws Error when it does not take the message. */
export function createSmsClient(options: { readonly baseUrl: string; readonly merchantPrivatePem: string }): SmsSender {
  const sign = createSigner(options.merchantPrivatePem);
  return {
    simulated: true,
    async send(message) {
      const body = JSON.stringify(SendSms.parse(message));
      const response = await fetch(new URL('/sms', options.baseUrl), {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...sign({ method: 'POST', path: '/sms' }, body, Date.now()) },
        body,
        signal: AbortSignal.timeout(10_000),
      });
      if (!response.ok) throw new Error(`the SMS service answered ${response.status}`);
    },
  };
}
