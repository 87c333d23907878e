import { describe, expect, it } from 'vitest';
import { ALLOCATION_SPLIT } from '../../src/catalogue/allocation-split.ts';
import { CHAIN_ZONES } from '../../src/catalogue/chain-zones.ts';
import { CRITICALITY, R160 } from '../../src/catalogue/criticality.ts';
import { INCIDENTS_2015 } from '../../src/catalogue/enisa.ts';
import { MONITORING_TOOLS } from '../../src/catalogue/monitoring-tools.ts';
import { PRINTED_NUMBERS } from '../../src/catalogue/printed-numbers.ts';
import { SERVICES } from '../../src/catalogue/services.ts';
import { TIMELINE } from '../../src/catalogue/timeline.ts';
import { UPGRADE_BUDGETS } from '../../src/catalogue/upgrade-budgets.ts';

describe('catalogue: data of the source documents', () => {
  it('every value carries a source tag', () => {
    const sources = [
      ...SERVICES.flatMap((s) => [s.source, s.operationsSource]),
      ...MONITORING_TOOLS.map((tool) => tool.source),
      ...CRITICALITY.map((row) => row.source),
      ...UPGRADE_BUDGETS.map((budget) => budget.source),
      ...INCIDENTS_2015.map((category) => category.source),
      ...ALLOCATION_SPLIT.map((block) => block.source),
      ...CHAIN_ZONES.map((zone) => zone.source),
      ...Object.values(PRINTED_NUMBERS).map((number) => number.source),
      TIMELINE.source,
      R160.source,
    ];
    for (const source of sources) expect(source).toMatch(/^\[(A|B|U|EA)\]/);
  });

  it('services: 33 names in the order of the source (B-79)', () => {
    expect(SERVICES.map((s) => s.name).join(' | ')).toBe(
      'Aodh | Ceilometer | Nova | Ceph Monitor | Cinder-Volume | Cinder-Backup | Glance | Gnocchi | Heat | Horizon | ' +
        'Ironic (Overcloud) | Ironic (Undercloud) | Keystone | Manilla | Neutron API | Sahara | Switch API | ' +
        'Neutron-dhcp-agent | Neutron-l3-agent | Neutron-metadata-agent | Neutron-ovs-agent | SDN Controller (ODL) | ' +
        'LBaaS-API | LBaaS-Service | Swift | Manila-share | Mongodb | HAProxy | Galera (MariaDB) | RabbitMQ | Redis | ' +
        'Virtual-IPs | memcached',
    );
  });

  it('services: runtime and upgrade classes as initials (B-79)', () => {
    const initials = (key: 'runtime' | 'upgrade') =>
      SERVICES.map((s) => (s[key] === 'N/A' ? '-' : s[key] === 'Minor' ? 'n' : s[key] === 'Major' ? 'M' : 'C')).join(
        '',
      );
    expect(initials('runtime')).toBe('MMMCCMnMMnM-MMCnCMCMCCMCCMMCCCCCC');
    expect(initials('upgrade')).toBe('MMMCCnnMMnMCMMCnCMCMCCMCCMMCCCCCC');
  });

  it('shares of the allocation and of the incidents are complete', () => {
    expect(ALLOCATION_SPLIT.reduce((sum, block) => sum + block.percent, 0)).toBe(100);
    expect(INCIDENTS_2015.reduce((sum, category) => sum + category.percent, 0)).toBeCloseTo(100, 12);
  });

  it('criticality rows are numbered 1 … 11 and zones ascend', () => {
    expect(CRITICALITY.map((row) => row.priority)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    const borders = CHAIN_ZONES.map((zone) => zone.fromNines);
    expect(borders).toEqual([...borders].sort((a, b) => a - b));
    expect(R160.computeNodes * R160.guestsPerNode).toBe(3200);
  });
});
