import { bigCloud } from './cloud.ts';

/** Detectors of every group of a managed cloud: the VNFM's loop, an agent's server, what polls nodes, metrics, an audit of the links. */
const PAIR_DETECTORS = 'looped-ping, zabbix-service, zabbix-nodata, collectd, nagios, ceilometer-alarm, heartbeat-peer';
const POOL_DETECTORS = 'lb-health-check, looped-ping, guest-channel, collectd, ceilometer-alarm';

/**
 * The big cloud with everything that manages it (`bigCloud`, same sizes): the 33 control services of the platform on three
 * control nodes with the map of what their operations ask, orchestrators that work on few requests at a time, operations
 * that fail and leave orphans, monitors that probe their targets one after the other, agents in the guests that have to be
 * installed and registered, and a fault bus of two paths.
 */
export function managedCloud(nodes: number): string {
  return bigCloud(nodes)
    .replace(/^name: cloud-/m, 'name: managed-cloud-')
    .replace(
      '    fabric:',
      '      control: { type: control-node, count: 3 }\n      monitor: { role: monitor, count: 1, failures: { hw: { rate: 0.5 / year, repair: 4 h } } }\n    fabric:',
    )
    .replace('    nodes: { n: ', '    nodes:\n      n: ')
    .replace(/( {6}n: \{.*\}) \}$/m, '$1')
    .replace(
      /^elements:$/m,
      `control:
  functions:
    nfvo: { instances: 3, quorum: 2, on: core/control, failures: { sw: { rate: 12 / year, restart: 5 min } } }
    vnfm: { instances: 3, on: core/control, concurrency: 10, failures: { sw: { rate: 12 / year, restart: 5 min } } }
    vim: { instances: 3, on: core/control, needs: [galera-mariadb], failures: { sw: { rate: 12 / year, restart: 5 min } } }
    zabbix-server: { on: core/monitor, failures: { sw: { rate: 12 / year, restart: 5 min } } }
    bus: { instances: 2, failures: { sw: { rate: 12 / year, restart: 30 s } } }
  platform: { name: openstack, on: core/control, failures: { sw: { rate: 4 / year, restart: 2 min } } }
  operations: { spawn: { failure: 5 %, notify: 30 s, orphans: 5 % }, terminate: { failure: 1 % } }
  cleanup: 24 h
  bus: { base: 50 us, copy: 10 us, loss: 1 %, burst: 10 }
catalogue:
  detectors: { looped-ping: { base: tacker-ping, loop: probes } }
monitoring:
  probes: { in: vnfm, sleep: 10 s }
elements:`,
    )
    .replace(
      /( {2}pair:\n {4}count: \d+\n)/,
      `$1    agent: { in: guest, install: 12 s, failures: { crash: { rate: 2 / year, restart: 1 min } }, registration: { success: 99 %, audit: 24 h } }
    detection: { detectors: [${PAIR_DETECTORS}] }
    notification: { path: direct, recipient: 64 }
`,
    )
    .replace(
      /( {2}pool:\n {4}count: \d+\n)/,
      `$1    detection: { detectors: [${POOL_DETECTORS}] }
    notification: { path: doctor }
`,
    );
}
