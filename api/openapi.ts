import { z } from 'zod';
import { PROBLEMS } from '../contract/errors';
import { problem } from '../contract/http/common';
import { type RouteSpec, TAGS } from '../contract/http/route';
import { ROLE_PERMISSIONS } from '../contract/roles';

type Json = Readonly<Record<string, unknown>>;

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
};

function parametersOf(schema: z.ZodType | undefined, place: 'path' | 'query'): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }));
}

const header = (name: string, required: boolean, description: string): Json => ({
  name,
  in: 'header',
  required,
  description,
  schema: { type: 'string' },
});

function headersOf({ idempotency, etag }: RouteSpec): Json[] {
  return [
    ...(idempotency
      ? [header('Idempotency-Key', idempotency === 'required', 'The same key gets the first answer again, for 7 days.')]
      : []),
    ...(etag === 'need' ? [header('If-Match', true, 'The ETag of what was read.')] : []),
  ];
}

function requestBody({ body, rawBody }: RouteSpec): Json {
  if (body)
    return { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body, 'input') } } } };
  if (rawBody === 'multipart/form-data') {
    const schema = { type: 'object', properties: { file: { type: 'string', format: 'binary' } }, required: ['file'] };
    return { requestBody: { required: true, content: { [rawBody]: { schema } } } };
  }
  return rawBody ? { requestBody: { required: true, content: { [rawBody]: { schema: { type: 'object' } } } } } : {};
}

function success({ reply, bytes, etag }: RouteSpec): Json {
  const headers = etag ? { headers: { ETag: { schema: { type: 'string' } } } } : {};
  if (bytes) return { description: 'OK', content: { [bytes]: { schema: { type: 'string', format: 'binary' } } } };
  if (!reply) return { description: 'Done' };
  return { description: 'OK', ...headers, content: { 'application/json': { schema: schemaOf(reply, 'output') } } };
}

/** Who may call it, in words: the rule, and the roles that meet it. */
function ruleText({ rule }: RouteSpec): string {
  if (rule === 'public') return '无需登录 / public';
  if (rule === 'signedIn') return '需登录 / any signed-in caller';
  if (rule === 'providerSignature') return '服务商签名 / signed by the provider';
  const roles = Object.entries(ROLE_PERMISSIONS).filter(([, granted]) => (granted as readonly string[]).includes(rule));
  return `权限 \`${rule}\`：${roles.map(([role]) => role).join(', ')}`;
}

const isOpen = ({ rule }: RouteSpec): boolean => rule === 'public' || rule === 'providerSignature';

const operation = (spec: RouteSpec): Json => ({
  operationId: spec.name,
  tags: [TAGS[spec.tag].zh],
  summary: spec.summary.zh,
  description: `${spec.summary.en}\n\n${ruleText(spec)}`,
  parameters: [...parametersOf(spec.params, 'path'), ...parametersOf(spec.query, 'query'), ...headersOf(spec)],
  ...requestBody(spec),
  responses: {
    [String(spec.status ?? 200)]: success(spec),
    default: { $ref: '#/components/responses/Problem' },
  },
  ...(isOpen(spec) ? { security: [] } : {}),
});

function problemSchema(): Json {
  const { properties, ...rest } = schemaOf(problem, 'output') as { properties: Record<string, Json> };
  return { ...rest, properties: { ...properties, code: { type: 'string', enum: Object.keys(PROBLEMS) } } };
}

/** The OpenAPI 3.1 document of these routes, made from the very schemas that check their requests. */
export function openApi(routes: readonly RouteSpec[], publicUrl: string): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const spec of routes) paths[spec.path] = { ...paths[spec.path], [spec.method.toLowerCase()]: operation(spec) };
  return {
    openapi: '3.1.0',
    info: {
      title: '智慧公寓平台 API',
      version: '1',
      description: '金额单位为分；日期为中国时区的日历日。Amounts are fen, days are calendar days in Shanghai.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: publicUrl }],
    tags: Object.values(TAGS).map(({ zh, en }) => ({ name: zh, description: en })),
    security: [{ session: [], csrf: [] }, { token: [] }],
    paths,
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'session' },
        csrf: { type: 'apiKey', in: 'header', name: 'X-CSRF-Token' },
        token: { type: 'http', scheme: 'bearer' },
      },
      schemas: { Problem: problemSchema() },
      responses: {
        Problem: {
          description: 'A refusal (RFC 9457)',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
    },
  };
}
