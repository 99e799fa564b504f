import type { Knex } from 'knex';
import type { Logger } from 'pino';
import type { CodecKeys } from '../contract/temporal/codec';
import type { PersonalDataKeys } from '../db/personal-data';
import type { PaymentProviders } from '../service-adapters/payment-provider';
import type { SmsSender } from '../service-adapters/sms/client';
import type { ImportRunner } from './import-runner';
import type { LeaseCommands } from './lease-commands';
import type { TimeTravel } from './time-travel';

/** What the routes work with; made once per process in main.ts, and by the tests with parts of their own. */
export type Services = {
  readonly knex: Knex;
  readonly log: Logger;
  readonly leases: LeaseCommands;
  /** null where time travel is switched off. */
  readonly timeTravel: TimeTravel | null;
  readonly sms: SmsSender;
  /** Where tenants can pay. */
  readonly providers: PaymentProviders;
  readonly imports: ImportRunner;
  /** What the codec server decrypts, and for whose pages. */
  readonly codec: {
    /** Empty where payloads are not encrypted. */
    readonly keys: CodecKeys;
    readonly namespace: string;
    /** The Temporal UI's. */
    readonly uiOrigin: string;
  };
  readonly personalDataKeys: PersonalDataKeys;
  /** Where people and providers reach this server, without a trailing slash. */
  readonly publicUrl: string;
  /** How many reverse proxies of ours stand in front: so many entries of X-Forwarded-For may be believed. */
  readonly trustedProxies: number;
  /** Holds every answer against its schema; for tests. */
  readonly checkReplies: boolean;
  /** Folder with the built web apps, `admin` and `tenant`. */
  readonly webRoot: string;
  /** Whether Temporal answers, for /readyz. */
  readonly temporalReady: () => Promise<boolean>;
};
