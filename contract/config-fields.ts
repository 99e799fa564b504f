import { z } from 'zod';

/** Why a value was refused, in both languages of our operators. */
const because = (english: string, chinese: string) => ({ error: `${english} / ${chinese}` });

const urlOf = (schemes: readonly string[], english: string, chinese: string) =>
  z
    .string(because(english, chinese))
    .refine((text) => URL.canParse(text) && schemes.includes(new URL(text).protocol), because(english, chinese));

export const postgresUrl = urlOf(
  ['postgres:', 'postgresql:'],
  'must be a PostgreSQL URL such as postgres://user:password@127.0.0.1:5432/apartment',
  '必须是 PostgreSQL 地址，例如 postgres://user:password@127.0.0.1:5432/apartment',
);

export const mqttUrl = urlOf(
  ['mqtt:', 'mqtts:', 'ws:', 'wss:'],
  'must be an MQTT URL such as mqtt://127.0.0.1:1883',
  '必须是 MQTT 地址，例如 mqtt://127.0.0.1:1883',
);

export const httpUrl = urlOf(
  ['http:', 'https:'],
  'must be a web address such as https://rent.example.com',
  '必须是网址，例如 https://rent.example.com',
).transform((text) => text.replace(/\/+$/, ''));

const HOST_AND_PORT = because('must be host:port such as 127.0.0.1:7233', '必须是“主机:端口”，例如 127.0.0.1:7233');
export const hostAndPort = z.string(HOST_AND_PORT).regex(/^[^\s:/]+:\d{1,5}$/, HOST_AND_PORT);

const PORT = because('must be a port number from 0 to 65535', '必须是 0 到 65535 之间的端口号');
export const port = z
  .string(PORT)
  .regex(/^\d{1,5}$/, PORT)
  .transform(Number)
  .refine((value) => value <= 65_535, PORT);

/** A decimal number in these bounds. */
export function number(least: number, most: number) {
  const why = because(`must be a number from ${least} to ${most}`, `必须是 ${least} 到 ${most} 之间的数`);
  return z
    .string(why)
    .regex(/^\d+(\.\d+)?$/, why)
    .transform(Number)
    .refine((value) => value >= least && value <= most, why);
}

const SWITCH = because('must be on or off', '必须是 on（开）或 off（关）');
export const onOff = z.enum(['on', 'off'], SWITCH).transform((value) => value === 'on');

/** Outside services that have a simulated stand-in. */
export const SIMULATED = ['payments', 'sms'] as const;

const SIMULATED_LIST = because(
  `must name some of ${SIMULATED.join(', ')}, separated by commas`,
  `必须是 ${SIMULATED.join('、')} 中的若干项，以逗号分隔`,
);
export const simulatedList = z
  .string(SIMULATED_LIST)
  .transform((text, context): readonly (typeof SIMULATED)[number][] => {
    const names = text.split(',').map((name) => name.trim());
    const known = SIMULATED.filter((name) => names.includes(name));
    if (known.length === new Set(names).size) return known;
    context.addIssue({ code: 'custom', message: SIMULATED_LIST.error });
    return z.NEVER;
  });

const NOT_EMPTY = because('must not be empty', '不能为空');
export const words = z.string(NOT_EMPTY).trim().min(1, NOT_EMPTY);

export const logLevel = z.enum(
  ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
  because(
    'must be one of trace, debug, info, warn, error, fatal, silent',
    '必须是 trace、debug、info、warn、error、fatal、silent 之一',
  ),
);

const KEY_BYTES = 32;
const keyOf = (base64: string): Buffer | undefined => {
  const bytes = Buffer.from(base64, 'base64');
  return bytes.length === KEY_BYTES && /^[A-Za-z0-9+/_-]+={0,2}$/.test(base64) ? bytes : undefined;
};

const ONE_KEY = because('must be 32 random bytes in base64', '必须是 base64 编码的 32 字节随机密钥');
export const key = z.string(ONE_KEY).transform((text, context) => {
  const bytes = keyOf(text.trim());
  if (bytes) return bytes;
  context.addIssue({ code: 'custom', message: ONE_KEY.error });
  return z.NEVER;
});

/** One key of a list; the first of the list encrypts, all of them decrypt. */
export type NamedKey = { readonly id: string; readonly key: Buffer };

const KEY_LIST = because(
  'must be keyId:base64 pairs separated by commas, newest first, 32 bytes each and no id twice',
  '必须是以逗号分隔的“密钥编号:base64”列表，最新的在前，每个 32 字节，编号不得重复',
);
export const keyList = z.string(KEY_LIST).transform((text, context): readonly NamedKey[] => {
  const keys = text.split(',').map((pair): NamedKey | undefined => {
    const [, id, base64] = /^\s*([A-Za-z0-9_-]{1,16}):(\S+)\s*$/.exec(pair) ?? [];
    const bytes = base64 === undefined ? undefined : keyOf(base64);
    return id === undefined || bytes === undefined ? undefined : { id, key: bytes };
  });
  const whole = keys.filter((entry) => entry !== undefined);
  if (whole.length === keys.length && new Set(whole.map(({ id }) => id)).size === whole.length) return whole;
  context.addIssue({ code: 'custom', message: KEY_LIST.error });
  return z.NEVER;
});

/** A number that an outside service gave out, so many digits long. */
export function digits(least: number, most: number) {
  const length = least === most ? String(least) : `${least}-${most}`;
  const why = because(`must be ${length} digits`, `必须是 ${length} 位数字`);
  return z
    .string(why)
    .trim()
    .regex(new RegExp(`^\\d{${least},${most}}$`), why);
}

const API_V3_KEY = because('must be the 32 characters of the merchant platform', '必须是商户平台上设置的 32 个字符');
export const apiV3Key = z.string(API_V3_KEY).regex(/^[\x21-\x7e]{32}$/, API_V3_KEY);
