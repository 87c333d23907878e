import { describe, expect, test } from 'vitest';
import { buildTable, TABLES } from '../../src/analytic/tables/index.ts';
import { CALL_ORDER, EVERY_CALL, MANO_PATHS } from '../../src/catalogue/mano-paths.ts';
import { type Operation, SERVICES } from '../../src/catalogue/services.ts';
import { COMMANDS } from '../../src/cli/commands/commands.ts';
import { agreesTo } from './digits.ts';

describe('checks', () => {
  const { rows } = buildTable('checks');
  const valuesOf = (check: string): number[] => rows.filter((row) => row[0] === check).map((row) => row[2] as number);

  test('reference: every printed number is reproduced to its digits', () => {
    const printed = rows.filter((row) => row[4] !== null);
    expect(printed).toHaveLength(7 + 2 * 15 + 9);
    expect(printed.filter((row) => row[5] !== 'yes')).toEqual([]);
  });

  test.each([
    ['NC-01', ['315.36', '5.256', '31.536']],
    ['NC-02', ['315.3599999986']],
    ['NC-03', ['0.999970000299999', '946.070539', '4.5229']],
    ['NC-04', ['946.08', '0.00946', '2.99997']],
    ['NC-05', ['0.999999', '31.536']],
    ['NC-06', ['0.999997000003', '94.607905', '5.5229']],
    ['NC-07', ['31.536', '6.0005']],
    ['NC-10', ['27520.0', '2734.2', '3760.0', '126.0', '34140.2', '80.6088', '8.0087', '11.0134', '0.3691']],
    ['NC-11', ['68.8', '80.61', '19.39']],
    ['NC-12', ['0.25', '1.25', '25', '25', '150']],
    ['NC-13', ['175200', '8760', '10000']],
    ['NC-14', ['0.99005', '0.90484', '0.36788']],
    ['NC-15', ['5.3010', '157.68', '5.000002', '315.3586']],
    ['NC-18', ['4.76e-5', '9.51e-4', '1.135e-2', '4.745e-3', '9.07e-2', '0.681']],
    ['NC-27', ['299', '2995', '29956', '299572']],
    ['NC-28', ['2', '1.4e-4', '3', '9.0e-4', '6', '3.2e-4']],
    ['NC-39', ['1163.65', '2327.29', '0.1288', '8.389']],
    ['NC-40', ['946.07', '94.61']],
    ['NC-41', ['4.824', '473.04', '2.1024', '7.176']],
    ['NC-42', ['0.99781', '0.98905', '0.99124']],
    ['NC-44', ['1', '10', '100']],
    ['NC-45', ['5.71']],
    ['NC-46', ['0.999', '31536', '8.76', '8.76877']],
    ['NC-47', ['33', '15', '14', '3', '1', '16', '13', '4']],
    ['NC-48', ['9.51', '47.56', '57.08']],
    ['NC-49', ['630.7', '31.5', '6.3', '2.1']],
    ['NC-50', ['94.54', '5.523']],
  ])('reference: %s as in the domain model', (check, expected) => {
    const values = valuesOf(check);
    expect(values).toHaveLength(expected.length);
    values.forEach((value, i) => {
      agreesTo(value, expected[i]!);
    });
  });

  test('reference: k-of-n at U 1e-3 (NC-38), and what allocation rounds away (NC-08, NC-09, DX-03)', () => {
    const unavailability = valuesOf('NC-38').filter((_, i) => i % 2 === 0);
    ['2.998e-6', '5.992e-6', '9.980e-6', '3.583e-5', '3.997e-9', '5.579e-8'].forEach((expected, i) => {
      agreesTo(unavailability[i]!, expected);
    });
    ['315.37', '315.358928'].forEach((expected, i) => {
      agreesTo(valuesOf('NC-08').slice(-2)[i]!, expected);
    });
    ['31.53', '31.535989'].forEach((expected, i) => {
      agreesTo(valuesOf('NC-09').slice(-2)[i]!, expected);
    });
  });
});

describe('paths of control operations (A-61)', () => {
  const { rows } = buildTable('mano-paths');

  test('reference: creating a VNF and a chain as in figures 37 and 38', () => {
    const parts = (operation: string): unknown[] => rows.filter((row) => row[0] === operation).map((row) => row[2]);
    expect(parts('create a VNF')).toEqual(['Tacker API', 'VNFM plugin', 'Heat driver']);
    expect(parts('create a chain')).toEqual(['VNFM plugin', 'NFVO plugin', 'networking-sfc driver']);
  });

  test('every operation of the map but the data path is on some path, and every service is in the order of a call', () => {
    const called = new Set([
      ...EVERY_CALL,
      ...MANO_PATHS.flatMap(({ hops }) => hops.flatMap(({ calls = [] }) => calls)),
    ]);
    const mapped = new Set(SERVICES.flatMap(({ operations }) => operations.map(({ operation }) => operation)));
    expect([...mapped].filter((operation: Operation) => operation !== 'datapath' && !called.has(operation))).toEqual(
      [],
    );
    const onPaths = SERVICES.filter(({ operations }) => operations.some(({ operation }) => called.has(operation)));
    expect(onPaths.map(({ name }) => name).sort()).toEqual([...CALL_ORDER].sort());
  });

  test('the services of a hop are those of its operations, front end first, agents last', () => {
    const remap = rows.find((row) => row[3] === 'maps the external to another internal port');
    expect(remap![4]).toBe(
      'Virtual-IPs → HAProxy → Keystone → memcached → Neutron API → SDN Controller (ODL) (if in control path) → ' +
        'Switch API (on HW VTEP) → Galera (MariaDB) → RabbitMQ → Neutron-ovs-agent',
    );
  });

  test('every row has a source, and what is no print of a document is marked', () => {
    for (const row of rows) expect(row[5]).toMatch(/\[(A|B|U|EA)\]/);
  });
});

test('all 24 discrepancies, each shown in tables, commands or catalogue entries that exist', () => {
  const { rows } = buildTable('discrepancies');
  expect(rows.map((row) => row[0])).toEqual(Array.from({ length: 24 }, (_, i) => `DX-${`${i + 1}`.padStart(2, '0')}`));
  const known = [...Object.keys(TABLES), ...COMMANDS.map(({ name }) => name)];
  for (const [, , , , shown] of rows) {
    for (const name of `${shown}`
      .split(', ')
      .filter((each) => each !== '' && !/^detector |^flows |^respawn$/.test(each))) {
      expect(known).toContain(name);
    }
  }
});

test('a discrepancy that a table shows is named in its notes or remarks', () => {
  const missing = buildTable('discrepancies').rows.flatMap(([id, , , , shown]) =>
    `${shown}`
      .split(', ')
      .filter((name) => Object.hasOwn(TABLES, name))
      .filter((name) => !JSON.stringify(buildTable(name)).includes(`${id}`))
      .map((name) => `${id} in ${name}`),
  );
  expect(missing).toEqual([]);
});
