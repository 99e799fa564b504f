import type { z } from 'zod';
import * as field from './config-fields';
import { CREDENTIALS, credentialsOf, halfSet, type PaymentCredentials } from './payment-credentials';
import { ConfigError, type Env, readSettings } from './settings';

export { ConfigError };

const ENVIRONMENT = {
  NODE_ENV: field.words.default('development'),
  DATABASE_URL: field.postgresUrl,
  TEMPORAL_ADDRESS: field.hostAndPort,
  TEMPORAL_NAMESPACE: field.words.default('default'),
  TEMPORAL_TASK_QUEUE: field.words.default('lease'),
  /** Encrypts what workflows and clients exchange; newest first. Without it ops read payloads in the Temporal UI. */
  TEMPORAL_CODEC_KEYS: field.keyList.optional(),
  /** Where people open the Temporal UI: its origin alone may ask the codec server from a browser. */
  TEMPORAL_UI_URL: field.httpUrl.default('http://127.0.0.1:8233'),
  MQTT_URL: field.mqttUrl,
  API_HOST: field.words.default('127.0.0.1'),
  API_PORT: field.port.default(8080),
  /** How people and providers reach the API; its own address by default. */
  PUBLIC_URL: field.httpUrl.optional(),
  DATA_DIR: field.words.default('.data'),
  /** Encrypts names' companions (phones, ID numbers) in their columns; newest first. */
  PII_KEYS: field.keyList,
  /** Makes encrypted phones and ID numbers findable. Never changes once data exists. */
  PII_INDEX_KEY: field.key,
  TIME_TRAVEL: field.onOff.default(false),
  DEMO: field.onOff.default(false),
  /** Outside services that may be simulated in production, for a trial without money and real messages. */
  ACCEPT_SIMULATED: field.simulatedList.optional(),
  LOG_LEVEL: field.logLevel.default('info'),
  SIMULATOR_PORT: field.port.default(8090),
  /** Where the simulated cashier and SMS service are; on this machine by default. */
  SIMULATOR_URL: field.httpUrl.optional(),
  ...CREDENTIALS,
};

type Environment = ReturnType<typeof readSettings<typeof ENVIRONMENT>>;

/** Everything that a process of ours reads from its environment, checked. */
export type Config = {
  readonly production: boolean;
  readonly databaseUrl: string;
  readonly temporal: {
    readonly address: string;
    readonly namespace: string;
    readonly taskQueue: string;
    readonly codecKeys: readonly field.NamedKey[];
    /** `http://127.0.0.1:8233`, as browsers send it. */
    readonly uiOrigin: string;
  };
  readonly mqttUrl: string;
  /** `publicUrl` has no trailing slash. */
  readonly api: { readonly host: string; readonly port: number; readonly publicUrl: string };
  readonly dataDir: string;
  /** In the shape that db/personal-data.ts asks for. */
  readonly personalDataKeys: {
    readonly currentKeyId: string;
    readonly keys: ReadonlyMap<string, Buffer>;
    readonly indexKey: Buffer;
  };
  /** Whether a lease may be carried through time here. */
  readonly timeTravel: boolean;
  readonly demo: boolean;
  readonly logLevel: z.infer<typeof field.logLevel>;
  readonly simulator: { readonly port: number; readonly url: string };
  /** Of providers with real money; without any, the simulated ones are used. */
  readonly payments: PaymentCredentials;
};

/** Reads the settings of the API or a worker, as `readSettings` does. @throws ConfigError */
export function readConfig(env: Env): Config {
  const settings = readSettings(ENVIRONMENT, env);
  const missing = halfSet(settings);
  if (missing.length > 0) throw new ConfigError(missing.join('\n'));
  const config = toConfig(settings);
  const refusal = productionRefusal(config, settings.ACCEPT_SIMULATED ?? []);
  if (refusal) throw new ConfigError(refusal);
  return config;
}

function toConfig(env: Environment): Config {
  const [newest] = env.PII_KEYS;
  return {
    production: env.NODE_ENV === 'production',
    databaseUrl: env.DATABASE_URL,
    temporal: {
      address: env.TEMPORAL_ADDRESS,
      namespace: env.TEMPORAL_NAMESPACE,
      taskQueue: env.TEMPORAL_TASK_QUEUE,
      codecKeys: env.TEMPORAL_CODEC_KEYS ?? [],
      uiOrigin: new URL(env.TEMPORAL_UI_URL).origin,
    },
    mqttUrl: env.MQTT_URL,
    api: {
      host: env.API_HOST,
      port: env.API_PORT,
      publicUrl: env.PUBLIC_URL ?? `http://127.0.0.1:${env.API_PORT}`,
    },
    dataDir: env.DATA_DIR,
    personalDataKeys: {
      currentKeyId: newest?.id ?? '',
      keys: new Map(env.PII_KEYS.map(({ id, key }) => [id, key])),
      indexKey: env.PII_INDEX_KEY,
    },
    timeTravel: env.TIME_TRAVEL,
    demo: env.DEMO,
    logLevel: env.LOG_LEVEL,
    simulator: { port: env.SIMULATOR_PORT, url: env.SIMULATOR_URL ?? `http://127.0.0.1:${env.SIMULATOR_PORT}` },
    payments: credentialsOf(env),
  };
}

const WHAT_IS_SIMULATED = {
  payments: ['a button says that rent was paid and no money moves', '点一下按钮即记为已付款，没有真实资金'],
  sms: ['sign-in codes lie in a public inbox', '登录验证码会出现在公开的收件箱里'],
} as const;

/**
 * Demo logins are published in this repository, and a clock that people can move has no place beside real money. Neither have a cashier and an
 * SMS service that only pretend, unless somebody has said in so many words that they want to try the platform that way.
 */
function productionRefusal(config: Config, accepted: readonly (typeof field.SIMULATED)[number][]): string | undefined {
  if (!config.production) return undefined;
  if (config.demo) return 'DEMO must be off in production / 生产环境必须关闭 DEMO';
  if (config.timeTravel) return 'TIME_TRAVEL must be off in production / 生产环境必须关闭 TIME_TRAVEL';
  if (config.temporal.codecKeys.length === 0) {
    return 'TEMPORAL_CODEC_KEYS must be set in production / 生产环境必须设置 TEMPORAL_CODEC_KEYS';
  }
  const { alipay, wechat } = config.payments;
  const isReal = (name: (typeof field.SIMULATED)[number]) =>
    name === 'payments' && (wechat !== null || (alipay !== null && alipay.gatewayUrl === undefined));
  const pretended = field.SIMULATED.filter((name) => !accepted.includes(name) && !isReal(name));
  if (pretended.length > 0) {
    const [english, chinese] = [0, 1].map((language) =>
      pretended.map((name) => `${name} (${WHAT_IS_SIMULATED[name][language]})`).join(', '),
    );
    const wanted = `ACCEPT_SIMULATED=${field.SIMULATED.join(',')}`;
    return `ACCEPT_SIMULATED must name what may be simulated in production: ${english}; for a trial set ${wanted} / 生产环境仍在使用模拟服务：${chinese}；仅用于试运行时请设置 ${wanted}`;
  }
  return undefined;
}
