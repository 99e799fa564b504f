import { type Algorithm, hash, verify } from '@node-rs/argon2';

// OWASP's second choice for argon2id: 19 MiB, two passes; about 25 ms on a small machine.
const OPTIONS = { algorithm: 2 satisfies Algorithm, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export const hashPassword = (password: string): Promise<string> => hash(password, OPTIONS);

let decoy: Promise<string> | undefined;

/** Takes as long for an account that does not exist (`stored` undefined) as for one that does. */
export async function checkPassword(stored: string | undefined, password: string): Promise<boolean> {
  decoy ??= hashPassword('nobody has this password');
  const matches = await verify(stored ?? (await decoy), password);
  return stored !== undefined && matches;
}
