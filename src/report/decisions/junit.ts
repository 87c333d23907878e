import { XMLBuilder } from 'fast-xml-parser';
import type { CheckedRegression, CheckedScenario, CheckedTarget, CheckReport } from '../../model/check.ts';
import { gateName, gateText } from './check.ts';

/**
 * JUnit XML: a suite per scenario, a case per gate. A missed gate is a failure, an undecided one an error (the gate could
 * not do its work), a missed one of level `warn` is skipped with its message: it decides nothing.
 */
export function checkJunit({ scenarios }: CheckReport): string {
  const suites = scenarios.map(suiteOf);
  const builder = new XMLBuilder({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    format: true,
    suppressEmptyNode: true,
  });
  const total = (key: '@tests' | '@failures' | '@errors' | '@skipped'): number =>
    suites.reduce((sum, suite) => sum + suite[key], 0);
  const text = builder.build({
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    testsuites: {
      '@name': 'carriergrade check',
      '@tests': total('@tests'),
      '@failures': total('@failures'),
      '@errors': total('@errors'),
      '@skipped': total('@skipped'),
      testsuite: suites,
    },
  });
  return text.endsWith('\n') ? text : `${text}\n`;
}

type Outcome = 'passed' | 'failure' | 'error' | 'skipped';

function outcomeOf(gate: CheckedTarget | CheckedRegression): Outcome {
  if (gate.verdict === 'pass') return 'passed';
  if ('level' in gate && gate.level === 'warn') return 'skipped';
  return gate.verdict === 'fail' ? 'failure' : 'error';
}

function suiteOf({ label, file, targets, regressions }: CheckedScenario) {
  const gates = [...targets, ...regressions];
  const count = (outcome: Outcome): number => gates.filter((gate) => outcomeOf(gate) === outcome).length;
  return {
    '@name': label,
    '@tests': gates.length,
    '@failures': count('failure'),
    '@errors': count('error'),
    '@skipped': count('skipped'),
    testcase: gates.map((gate) => {
      const outcome = outcomeOf(gate);
      const message = gateText(gate);
      const verdict = outcome === 'passed' ? {} : { [outcome]: { '@message': message } };
      return { '@classname': label, '@name': gateName(gate), '@file': file, ...verdict, 'system-out': message };
    }),
  };
}
