import { port as portField } from '../../contract/config-fields';
import { assertPortIsFree, SetupError } from '../../deploy/embedded/ports';
import type { Ports } from '../../deploy/platform';

/** Each embedded part's port: the variable that moves it, and the part that the environment may bring instead. */
const PORTS = {
  api: { variable: 'API_PORT', byDefault: 8080, what: 'the API and the web apps', replacedBy: undefined },
  simulator: {
    variable: 'SIMULATOR_PORT',
    byDefault: 8090,
    what: 'the simulated cashier and SMS inbox',
    replacedBy: undefined,
  },
  mqtt: { variable: 'MQTT_PORT', byDefault: 1883, what: 'the MQTT broker', replacedBy: 'MQTT_URL' },
  temporal: { variable: 'TEMPORAL_PORT', byDefault: 7233, what: 'Temporal', replacedBy: 'TEMPORAL_ADDRESS' },
  temporalUi: {
    variable: 'TEMPORAL_UI_PORT',
    byDefault: 8233,
    what: 'the Temporal UI',
    replacedBy: 'TEMPORAL_ADDRESS',
  },
  postgres: { variable: 'POSTGRES_PORT', byDefault: 54320, what: 'PostgreSQL', replacedBy: 'DATABASE_URL' },
} as const satisfies Record<
  keyof Ports,
  { variable: string; byDefault: number; what: string; replacedBy: string | undefined }
>;

const NAMES = Object.keys(PORTS) as (keyof Ports)[];

/** The ports of this start. @throws SetupError naming a wrong variable */
export function portsOf(env: NodeJS.ProcessEnv): Ports {
  const read = (name: keyof Ports): number => {
    const { variable, byDefault } = PORTS[name];
    const text = env[variable];
    if (!text) return byDefault;
    const parsed = portField.safeParse(text);
    if (parsed.success) return parsed.data;
    throw new SetupError(`${variable} ${parsed.error.issues[0]?.message}`);
  };
  return {
    api: read('api'),
    simulator: read('simulator'),
    mqtt: read('mqtt'),
    temporal: read('temporal'),
    temporalUi: read('temporalUi'),
    postgres: read('postgres'),
  };
}

/** Refuses taken ports before anything is started. @throws SetupError with who has it and which variable to set */
export async function checkPorts(ports: Ports, env: NodeJS.ProcessEnv): Promise<void> {
  for (const name of NAMES) {
    const { what, variable, replacedBy } = PORTS[name];
    if (replacedBy === undefined || !env[replacedBy]) await assertPortIsFree(ports[name], what, variable);
  }
}
