import { expect, test } from 'vitest';
import { readScenario } from '../../src/scenario/read-scenario.ts';

const text = (variants: string) => `format: carriergrade/scenario/1
groups: { sbc: { failures: { fault: { rate: 1 / year } }, flow: FL-01, times: { remap: 2 s, manualRestore: 1 h } } }
services: { voice: { uses: [sbc] } }
${variants}`;
const warnings = (variants: string, variant?: string): readonly string[] =>
  readScenario(text(variants), variant === undefined ? {} : { variant }).warnings.map(
    ({ code, place }) => `${place?.line} ${code}`,
  );

test('a time that no step takes is a warning, unless a variant has a flow that takes it', () => {
  expect(warnings('')).toEqual(['2 unused-time']);
  expect(warnings('variants: { other: { groups: { sbc: { flow: opaque } } } }')).toEqual(['2 unused-time']);
  const nfv = 'variants: { other: { groups: { sbc: { flow: opaque } } }, nfv: { groups: { sbc: { flow: FL-03 } } } }';
  expect(warnings(nfv)).toEqual([]);
  // One variant alone cannot tell.
  expect(warnings(nfv, 'other')).toEqual([]);
});
