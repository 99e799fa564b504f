import { z } from 'zod';

/** Bytes in base64 as Temporal's JSON carries them; both alphabets and no padding are taken, as protobuf's JSON allows. */
const bytes = z
  .string()
  .regex(/^[A-Za-z0-9+/_-]*={0,2}$/)
  .meta({ format: 'byte' });

/** Temporal's own payload. Fields of later versions are let through the door and left there, which is why this object is not strict. */
const payload = z.object({
  metadata: z.record(z.string().max(200), bytes).default({}),
  data: bytes.default(''),
});

/** What the Temporal UI, CLI and SDKs send to a remote codec, and what they get back: as many payloads in the same order. */
export const codecBody = z.strictObject({ payloads: z.array(payload).max(5_000) });
export const codecReply = z.object({ payloads: z.array(payload) });
