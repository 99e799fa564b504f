import { createServer } from 'node:net';
import { SetupError } from './ports';

/** A broker that runs in this process. */
export interface Broker {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * An MQTT 3.1.1 broker on the loopback interface, without passwords: for one machine. Retained messages live in memory, so devices
 * say their state again when they reconnect. @param port 0 takes any free one
 */
export async function startBroker(port: number): Promise<Broker> {
  // An ES module: loaded when needed, because CommonJS cannot on every Node 20.
  const { Aedes } = await import('aedes');
  const aedes = await Aedes.createBroker();
  // A report follows an acknowledgement: with Nagle's delay it would wait 40 ms for the one before it.
  const server = createServer({ noDelay: true }, aedes.handle);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new SetupError(`Port ${port} for the MQTT broker is taken.`) : error);
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  return {
    port: address !== null && typeof address === 'object' ? address.port : port,
    close: async () => {
      await new Promise<void>((resolve) => aedes.close(() => resolve()));
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
