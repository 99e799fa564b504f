import { Connection } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { SEARCH_ATTRIBUTES } from '../contract/temporal/search-attributes';

const { IndexedValueType } = temporal.api.enums.v1;
const TYPES = {
  KEYWORD: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  DATETIME: IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
};

/**
 * Registers the contract's search attributes that a namespace lacks, and waits until the server knows them: a workflow that starts
 * earlier would be refused. Run again, it changes nothing.
 */
export async function registerSearchAttributes(address: string, namespace: string): Promise<void> {
  const connection = await Connection.connect({ address });
  try {
    const known = async () => {
      const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
      return customAttributes ?? {};
    };
    const missing = async () => {
      const present = await known();
      return Object.entries(SEARCH_ATTRIBUTES).filter(([name]) => !(name in present));
    };
    const wanted = await missing();
    if (wanted.length === 0) return;
    await connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(wanted.map(([name, type]) => [name, TYPES[type]])),
    });
    const until = Date.now() + 20_000;
    while ((await missing()).length > 0) {
      if (Date.now() > until) throw new Error(`search attributes are still unknown to namespace ${namespace}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  } finally {
    await connection.close();
  }
}

if (require.main === module) {
  const { TEMPORAL_ADDRESS = '127.0.0.1:7233', TEMPORAL_NAMESPACE = 'default' } = process.env;
  registerSearchAttributes(TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE).catch((error: Error) => {
    console.error(`search attributes: ${error.message}`);
    process.exitCode = 1;
  });
}
