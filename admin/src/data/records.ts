import type { DataProvider, GetListParams, RaRecord, UpdateParams } from 'react-admin';
import { Cursors } from './cursors';
import type { Http } from './http';
import { type ResourceSpec, resourceOf } from './resources';

type Page = { readonly items: RaRecord[]; readonly nextCursor: string | null };

const withId = (spec: ResourceSpec, item: RaRecord): RaRecord =>
  spec.idFields ? { ...item, id: spec.idFields.map((field) => item[field]).join('/') } : item;

/** Refuses what the API cannot do: business records are never deleted and never edited in bulk. */
const refuse = (): Promise<never> => Promise.reject(new Error('app.error.notOffered'));

/** Reads cursor pages until the one that react-admin asks for by number. */
function listReader(http: Http) {
  const cursors = new Cursors();
  return async (name: string, { pagination, filter = {} }: GetListParams) => {
    const spec = resourceOf(name);
    const { page, perPage } = pagination ?? { page: 1, perPage: 50 };
    const list = JSON.stringify([name, perPage, filter]);
    for (let at = cursors.nearest(list, page); ; ) {
      const query = { ...filter, limit: perPage, cursor: at.cursor };
      const { data } = await http<Page>('GET', spec.path, { query });
      cursors.remember(list, at.page, data.nextCursor);
      if (at.page === page || data.nextCursor === null) {
        const pageInfo = { hasNextPage: data.nextCursor !== null, hasPreviousPage: page > 1 };
        // Known on the last page only. Without it react-admin would take the number of rows asked for as the total there.
        const total = data.nextCursor === null && { total: (at.page - 1) * perPage + data.items.length };
        return { data: at.page === page ? data.items.map((item) => withId(spec, item)) : [], pageInfo, ...total };
      }
      at = { page: at.page + 1, cursor: data.nextCursor };
    }
  };
}

/** One record with its ETag kept, so that an edit can say which version it was made from. */
function recordReader(http: Http) {
  const etags = new Map<string, string>();
  const read = async (name: string, id: string) => {
    const { data, etag } = await http<RaRecord>('GET', `${resourceOf(name).path}/${id}`);
    if (etag) etags.set(`${name}/${id}`, etag);
    return data;
  };
  const edit = async (name: string, { id, data, previousData }: UpdateParams) => {
    const spec = resourceOf(name);
    const key = `${name}/${id}`;
    if (!spec.withoutEtag && !etags.has(key)) await read(name, String(id));
    const ifMatch = etags.get(key);
    const body = changedFields(data, previousData);
    const answer = await http<RaRecord>('PATCH', `${spec.path}/${id}`, { body, ...(ifMatch && { ifMatch }) });
    if (answer.etag) etags.set(key, answer.etag);
    else etags.delete(key);
    return answer.data;
  };
  return { read, edit };
}

/** The API's edits are strict: only fields that were changed go out, never the derived ones that came with the record. */
export function changedFields(data: Partial<RaRecord>, before: Partial<RaRecord> | undefined): Record<string, unknown> {
  const entries = Object.entries(data).filter(
    ([name, value]) => name !== 'id' && JSON.stringify(value) !== JSON.stringify(before?.[name]),
  );
  return Object.fromEntries(entries);
}

/** react-admin's own nine methods over the API. */
export function recordMethods(http: Http, newKey: () => string): DataProvider {
  const getList = listReader(http);
  const { read, edit } = recordReader(http);
  const methods = {
    getList,
    getManyReference: (name: string, params: GetListParams & { target: string; id: unknown }) =>
      getList(name, { ...params, filter: { ...params.filter, [params.target]: params.id } }),
    getOne: async (name: string, { id }: { id: unknown }) => ({ data: await read(name, String(id)) }),
    getMany: async (name: string, { ids }: { ids: readonly unknown[] }) => ({
      data: await Promise.all(ids.map((id) => read(name, String(id)))),
    }),
    create: async (name: string, { data }: { data: unknown }) => ({
      data: (await http<RaRecord>('POST', resourceOf(name).path, { body: data, key: newKey() })).data,
    }),
    update: async (name: string, params: UpdateParams) => ({ data: await edit(name, params) }),
    updateMany: refuse,
    delete: refuse,
    deleteMany: refuse,
  };
  return methods as unknown as DataProvider;
}
