/** Longest in bytes before encoding; encoded it still fits Alipay's 512 characters. */
const LONGEST = 128;

/** A percent sign cannot be told from an encoding once it comes back, so an `attach` must not have one. */
export const isCarriable = (attach: string): boolean =>
  Buffer.byteLength(attach, 'utf8') <= LONGEST && !attach.includes('%') && !/\p{Surrogate}/u.test(attach);

/** `passback_params` is to be sent url-encoded, on top of the form's own encoding. */
export const toPassback = (attach: string): string => encodeURIComponent(attach);

/** Alipay gives it back as it was sent, or decoded once: both mean the same here. */
export function fromPassback(passback: string): string {
  try {
    return decodeURIComponent(passback);
  } catch {
    return passback;
  }
}
