import { describe, expect, test } from '@jest/globals';
import { createDataProvider } from './data-provider';
import type { Call, Http } from './http';

type Sent = { readonly method: string; readonly path: string; readonly call: Call };

/** An API of three pages of two leases each, and a community in version 1. */
function aProvider() {
  const sent: Sent[] = [];
  const http: Http = async <T>(method: string, path: string, call: Call = {}) => {
    sent.push({ method, path, call });
    if (path !== '/v1/leases') return { data: { id: 'c1', name: '海景' } as T, etag: '"1"' };
    const page = Number(call.query?.cursor ?? 1);
    const items = [{ id: `l${page}a` }, { id: `l${page}b` }];
    return { data: { items, nextCursor: page < 3 ? `${page + 1}` : null } as T, etag: null };
  };
  return { provider: createDataProvider(http, () => 'key'), sent };
}

const list = (page: number, filter = {}) => ({
  pagination: { page, perPage: 2 },
  sort: { field: 'number', order: 'ASC' as const },
  filter,
});

describe('lists', () => {
  test('a page that is turned to is read with the cursor that the page before gave', async () => {
    const { provider, sent } = aProvider();
    await provider.getList('leases', list(1));
    const second = await provider.getList('leases', list(2));
    expect(second.data.map(({ id }) => id)).toEqual(['l2a', 'l2b']);
    expect(second.pageInfo).toEqual({ hasNextPage: true, hasPreviousPage: true });
    expect(sent).toHaveLength(2);
  });

  test('a page that is opened by its address is reached by walking there', async () => {
    const { provider } = aProvider();
    const third = await provider.getList('leases', list(3));
    expect(third.data.map(({ id }) => id)).toEqual(['l3a', 'l3b']);
    expect(third.pageInfo?.hasNextPage).toBe(false);
  });

  test('a page beyond the end is empty, not an error', async () => {
    const { provider } = aProvider();
    expect((await provider.getList('leases', list(9))).data).toEqual([]);
  });

  test('how many there are is said on the last page only, where it is known', async () => {
    const { provider } = aProvider();
    expect((await provider.getList('leases', list(1))).total).toBeUndefined();
    expect((await provider.getList('leases', list(3))).total).toBe(6);
  });

  test('another filter begins at its own first page', async () => {
    const { provider, sent } = aProvider();
    await provider.getList('leases', list(1));
    await provider.getList('leases', list(1, { status: 'ending' }));
    expect(sent[1]?.call.query).toEqual({ status: 'ending', limit: 2, cursor: undefined });
  });
});

test('records without an id of their own are told apart by what the contract says identifies them', async () => {
  const items = [{ channel: 'simulator', providerNumber: 'P1' }];
  const http: Http = async <T>() => ({ data: { items, nextCursor: null } as T, etag: null });
  const page = await createDataProvider(http, () => 'key').getList('quarantined-payments', list(1));
  expect(page.data).toEqual([{ id: 'simulator/P1', channel: 'simulator', providerNumber: 'P1' }]);
});

describe('edits', () => {
  test('say which version they were made from and send only what was changed', async () => {
    const { provider, sent } = aProvider();
    const previousData = { id: 'c1', name: '海景', rooms: 4 };
    await provider.getOne('communities', { id: 'c1' });
    await provider.update('communities', { id: 'c1', data: { ...previousData, name: '山景' }, previousData });
    expect(sent[1]).toMatchObject({ method: 'PATCH', call: { body: { name: '山景' }, ifMatch: '"1"' } });
  });

  test('of a record that was never read, read it first', async () => {
    const { provider, sent } = aProvider();
    await provider.update('communities', { id: 'c1', data: { name: 'x' }, previousData: { id: 'c1' } });
    expect(sent.map(({ method }) => method)).toEqual(['GET', 'PATCH']);
  });

  test('business records are never deleted', async () => {
    const { provider } = aProvider();
    await expect(provider.delete('leases', { id: 'l1' })).rejects.toThrow('app.error.notOffered');
  });
});
