import { Agent, get } from 'node:http';

/** A reader with one kept-alive connection and a bearer token; answers the milliseconds until the last byte. */
export function createReader(apiUrl: string, token: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const headers = { authorization: `Bearer ${token}` };
  return {
    time: (path: string): Promise<number> =>
      new Promise((resolve, reject) => {
        const startedAt = performance.now();
        const request = get(`${apiUrl}${path}`, { agent, headers }, (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            if (response.statusCode === 200) return resolve(performance.now() - startedAt);
            const body = Buffer.concat(chunks).toString('utf8');
            reject(new Error(`GET ${path}: ${response.statusCode} ${body.slice(0, 300)}`));
          });
        });
        request.on('error', reject);
      }),
    close: (): void => agent.destroy(),
  };
}
