type Method = (...args: never[]) => unknown;

/** The same methods; each that fails has `onFailure` look at why, and fails all the same. */
export function refusing<Provider extends object>(
  provider: Provider,
  onFailure: (error: unknown) => Promise<unknown>,
): Provider {
  const guarded =
    (method: Method): Method =>
    async (...args) => {
      try {
        return await method.apply(provider, args);
      } catch (error) {
        await onFailure(error);
        throw error;
      }
    };
  const methods = Object.entries(provider).map(([name, method]) => [
    name,
    typeof method === 'function' ? guarded(method as Method) : method,
  ]);
  return Object.fromEntries(methods) as Provider;
}
