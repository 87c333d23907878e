import { EVERY_CALL } from './mano-paths.ts';
import { type Operation, SERVICES } from './services.ts';

/** A control service as a scenario file writes a control function. */
export interface PlatformService {
  readonly type: string;
  readonly instances: number;
  readonly quorum: number;
  readonly impact: string;
}

/** Control services of a cloud by id, and what each operation asks of them. */
export interface Platform {
  readonly services: Readonly<Record<string, PlatformService>>;
  readonly operations: Readonly<Record<string, readonly string[]>>;
  readonly source: string;
}

/** `Galera (MariaDB)` → `galera-mariadb`. */
export const serviceId = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/-$/, '');

/** Services that agree by majority; of all others one instance is enough. [EA] B-79, domain entities. */
const QUORATE: readonly string[] = ['Galera (MariaDB)', 'RabbitMQ', 'Ceph Monitor'];

/** Calls through the API of the cloud: they ask the front end, identity, data base and messages as well. */
const BY_API: readonly (readonly [string, readonly Operation[]])[] = [
  ['mano-call', []],
  ['spawn', ['spawn', 'guest-boot']],
  ['cp-remap', ['cp-remap']],
  ['migrate', ['migrate']],
  ['fence', ['fence']],
  ['lb-member-update', ['lb-member-update']],
  ['chain-update', ['chain-update']],
  ['node-repool', ['node-repool']],
  ['upgrade', ['upgrade']],
];

/** What does without the API. */
const DIRECT: readonly Operation[] = ['notify', 'alarm', 'coordination', 'reroute', 'fabric-config', 'guest-boot'];

/** Services that do one of the operations whatever the circumstances; those of the map with a condition are left to the file. */
const serving = (operations: readonly Operation[]): readonly string[] =>
  SERVICES.filter((service) =>
    service.operations.some(({ operation, condition }) => condition === undefined && operations.includes(operation)),
  ).map(({ name }) => serviceId(name));

/** The service that deletes an instance, and the one that takes its ports away. [EA] */
const DELETES = ['Nova', 'Neutron API'].map(serviceId);

/**
 * The 33 services with the operation map (B-79), each as three instances. `terminate` asks what deletes, `database` the
 * data base alone, as Tacker does for lb_info and role_config.
 */
const OPENSTACK: Platform = {
  services: Object.fromEntries(
    SERVICES.map(({ name, runtime }) => [
      serviceId(name),
      { type: 'control-service', instances: 3, quorum: QUORATE.includes(name) ? 2 : 1, impact: runtime },
    ]),
  ),
  operations: {
    ...Object.fromEntries(BY_API.map(([id, operations]) => [id, serving([...EVERY_CALL, ...operations])])),
    ...Object.fromEntries(DIRECT.map((id) => [id, serving([id])])),
    terminate: [...serving(EVERY_CALL), ...DELETES],
    database: [serviceId('Galera (MariaDB)')],
  },
  source: '[B] B-79 services and classes; [EA] instances, quorum and operation map',
};

/** Platforms by id. */
export const PLATFORMS: Readonly<Record<string, Platform>> = { openstack: OPENSTACK };

/** Operations that steps of the catalogue's flows are, whether or not a scenario says what they ask. */
export const OPERATION_NAMES: readonly string[] = Object.keys(OPENSTACK.operations);
