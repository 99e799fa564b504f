import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import express from 'express';
import { ROUTES } from '../contract/http/routes';
import { PERMISSIONS } from '../contract/roles';
import { ALL_ROUTES } from './all-routes';
import { createApp } from './app';
import { mountRoutes } from './router';
import type { Services } from './services';

const RULES = new Set<string>(['public', 'signedIn', 'providerSignature', ...PERMISSIONS]);

/** What nobody has to sign in for; a new line here is a decision that a reviewer sees. */
const PUBLIC = ['sendTenantCode', 'signInStaff', 'signInTenant', 'signUp'];

type Layer = { route?: { path: string; stack: { handle: { name: string } }[] }; name: string };
const layersOf = (router: unknown): Layer[] => (router as { stack: Layer[] }).stack;

const services = {
  ...{
    knex: {},
    log: {},
    codec: { uiOrigin: 'http://127.0.0.1:8233' },
    publicUrl: 'http://127.0.0.1',
    trustedProxies: 0,
    webRoot: '/nowhere',
  },
} as unknown as Services;

describe('every route', () => {
  test.each(ALL_ROUTES.map(({ spec }) => [spec.name, spec] as const))('%s names a rule that exists', (_name, spec) => {
    expect(RULES).toContain(spec.rule);
  });

  test('of the table has exactly one handler, and no handler is outside the table', () => {
    const handled = ALL_ROUTES.map(({ spec }) => spec.name).sort();
    expect(handled).toEqual(Object.keys(ROUTES).sort());
  });

  test('has an address and method of its own', () => {
    const addresses = ALL_ROUTES.map(({ spec }) => `${spec.method} ${spec.path.replace(/\{\w+\}/g, '{}')}`);
    expect(new Set(addresses).size).toBe(addresses.length);
  });

  test('is guarded before anything else of it runs', () => {
    for (const { route } of layersOf(mountRoutes(ALL_ROUTES, services))) {
      expect([route?.path, route?.stack[0]?.handle.name]).toEqual([route?.path, 'guard']);
    }
  });

  test('that moves money or makes a contract wants an Idempotency-Key', () => {
    const required = ALL_ROUTES.filter(({ spec }) => spec.idempotency === 'required').map(({ spec }) => spec.name);
    expect(required.sort()).toEqual(['assignBankLine', 'createCashierOrder', 'recordPayment', 'signLease']);
  });

  test('is public only by name', () => {
    const open = ALL_ROUTES.filter(({ spec }) => spec.rule === 'public').map(({ spec }) => spec.name);
    expect(open.sort()).toEqual(PUBLIC);
  });
});

describe('the application', () => {
  test('has no route beside the table but health, documents and the web apps', () => {
    const own = layersOf(createApp(services).router).flatMap(({ route }) => (route ? [route.path] : []));
    expect(own).toEqual(['/v1/openapi.json']);
    expect(express().router).toBeDefined();
  });
});

describe('the folder', () => {
  const sources = (folder: string): [string, string][] =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.includes('test'))
      .map((file) => [file, readFileSync(join(folder, file), 'utf8')]);

  test.each(sources(join(__dirname, 'routes')))('routes/%s has no SQL and asks no clock of its own', (_file, text) => {
    expect(text).not.toMatch(/\bSELECT\b|\bINSERT INTO\b|\bUPDATE \w+ SET\b|Date\.now\(\)|new Date\(\)/);
  });

  test.each(sources(__dirname))('%s is no longer than one idea', (_file, text) => {
    expect(text.split('\n').length).toBeLessThan(400);
  });
});
