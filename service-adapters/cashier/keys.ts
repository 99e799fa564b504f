import { createPublicKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

type KeyPair = { readonly privatePem: string; readonly publicPem: string };

/** Both sides' keys as a demo on one machine has them. With a real provider, its private key is never seen here. */
export type DemoKeys = { readonly merchant: KeyPair; readonly provider: KeyPair };

const newPrivatePem = (): string =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  }).privateKey;

/** Reads the key `name`, made on first use. Processes that start together agree: the first link wins, the others read it. */
function ensureKeyPair(folder: string, name: string): KeyPair {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `${name}.private.pem`);
  if (!existsSync(file)) {
    const draft = join(folder, `${name}.${randomUUID()}.tmp`);
    writeFileSync(draft, newPrivatePem(), { mode: 0o600 });
    try {
      linkSync(draft, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      unlinkSync(draft);
    }
  }
  const privatePem = readFileSync(file, 'utf8');
  return { privatePem, publicPem: String(createPublicKey(privatePem).export({ type: 'spki', format: 'pem' })) };
}

/** Keys of the demo's merchant (us) and of one simulated provider, kept in `dataDir` and readable by its owner only. */
export function ensureDemoKeys(dataDir: string): DemoKeys {
  const folder = join(dataDir, 'cashier-keys');
  return { merchant: ensureKeyPair(folder, 'merchant'), provider: ensureKeyPair(folder, 'provider') };
}
