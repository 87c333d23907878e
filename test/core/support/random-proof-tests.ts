import fc from 'fast-check';
import { countedNames } from '../../../src/model/element-names.ts';
import type { Law } from '../../../src/model/law.ts';
import type { ProofTest } from '../../../src/model/proof-test.ts';
import type { ElementSpec, FailureMode, Scenario } from '../../../src/model/scenario.ts';
import * as build from './build.ts';

/** The scenarios with latent faults of plain elements, proof tests that find them, and a service over spares that two places share. */
export function withProofTests(
  scenarios: fc.Arbitrary<Scenario>,
  { memoryless = false }: { readonly memoryless?: boolean } = {},
): fc.Arbitrary<Scenario> {
  const interval = fc
    .tuple(fc.constantFrom(2, 10, 40), fc.nat(2))
    .map(
      ([hours, which]): Law =>
        memoryless || which === 0
          ? build.exponential(hours * build.HOUR)
          : which === 1
            ? build.fixed(hours * build.HOUR)
            : { kind: 'gamma', shape: 2, scale: (hours / 2) * build.HOUR },
    );
  const words = fc.record({
    latent: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
    tests: fc.array(fc.record({ interval, renews: fc.constantFrom('all' as const, 'failed' as const) }), {
      minLength: 1,
      maxLength: 2,
    }),
    rate: fc.constantFrom(0, 0, 0.3, 1),
    shares: fc.boolean(),
  });
  return fc.tuple(scenarios, words).map(([scenario, { latent, tests, rate, shares }]) => {
    let next = 0;
    const hidden = (mode: FailureMode): FailureMode => {
      const { restore } = mode;
      if (restore.by === 'replacement' || latent[next++ % latent.length] === false) return mode;
      return { ...mode, restore: { ...restore, latent: true } };
    };
    const own = build.element(
      [
        build.mode(
          build.exponential(20 * build.HOUR),
          build.itself(memoryless ? build.exponential(build.HOUR) : build.fixed(0)),
        ),
      ],
      { count: 2 },
    );
    const elements: Record<string, ElementSpec> = Object.fromEntries(
      [...Object.entries(scenario.elements), ['used', own] as const, ['rests', own] as const].map(
        ([id, spec]): [string, ElementSpec] => [
          id,
          { ...spec, failures: spec.failures.map(hidden), ...(id === 'rests' ? { standbyRate: rate } : {}) },
        ],
      ),
    );
    const parts = ({ internal }: ElementSpec, name: string): readonly string[] =>
      Object.entries(internal?.parts ?? {}).flatMap(([id, { count }]) => countedNames(`${name}/${id}`, count));
    const names = Object.entries(elements).flatMap(([id, spec]) =>
      countedNames(id, spec.count).flatMap((name) => [name, ...parts(spec, name)]),
    );
    const proofTests = Object.fromEntries(
      tests.map((test, i): [string, ProofTest] => [
        `test${i}`,
        { ...test, elements: i === 0 ? names : names.slice(0, 2) },
      ]),
    );
    const spares = shares ? ['rests-1', 'rests-2'] : ['rests-1'];
    const place = (name: string) => ({
      kind: 'standby' as const,
      inputs: [name, ...spares].map((of) => build.leaf(of)),
    });
    const spared = build.service({ kind: 'all', inputs: [place('used-1'), place('used-2')] });
    return { ...scenario, elements, proofTests, services: { ...scenario.services, spared } };
  });
}
