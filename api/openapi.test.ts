import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { ROUTES } from '../contract/http/routes';
import { openApi } from './openapi';

type Operation = {
  operationId: string;
  summary: string;
  parameters: { name: string; in: string; required: boolean; schema: object }[];
  requestBody?: { content: Record<string, { schema: object }> };
  responses: Record<string, { content?: Record<string, { schema: object }> }>;
  security?: unknown[];
};
type Document = {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object> };
};

const document = JSON.parse(JSON.stringify(openApi(Object.values(ROUTES), 'https://rent.example'))) as Document;
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.values(methods).map((operation) => [operation.operationId, path, operation] as const),
);

describe('the OpenAPI document', () => {
  test('is 3.1 and has each route once', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(operations.map(([id]) => id).sort()).toEqual(Object.keys(ROUTES).sort());
  });

  test.each(operations)('%s declares exactly the parameters of its path', (_id, path, { parameters }) => {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
    const declared = parameters.filter((parameter) => parameter.in === 'path');
    expect(declared.map(({ name }) => name).sort()).toEqual(named);
    expect(declared.every(({ required }) => required)).toBe(true);
  });

  test.each(operations)(
    '%s has a Chinese summary and schemas that a JSON Schema reader understands',
    (_id, _path, operation) => {
      expect(operation.summary).toMatch(/\p{Script=Han}/u);
      const contents = [
        operation.requestBody?.content,
        ...Object.values(operation.responses).map(({ content }) => content),
      ];
      const schemas = contents.flatMap((content) => Object.values(content ?? {}).map(({ schema }) => schema));
      for (const schema of [...schemas, ...operation.parameters.map((parameter) => parameter.schema)]) {
        if ('$ref' in schema) expect(schema.$ref).toMatch(/^#\/components\//);
        else expect(z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0])).toBeDefined();
      }
    },
  );

  test('says which operations need no sign-in, and that fields beyond the schema are refused', () => {
    const open = operations.filter(([, , { security }]) => security?.length === 0).map(([id]) => id);
    expect(open.sort()).toEqual([
      ...['alipayCallback', 'cashierCallback', 'sendTenantCode', 'signInStaff', 'signInTenant', 'signUp'],
      'wechatPayCallback',
    ]);
    const body = document.paths['/v1/communities']?.post?.requestBody?.content['application/json']?.schema;
    expect(body).toMatchObject({ additionalProperties: false, required: ['code', 'name'] });
  });
});
