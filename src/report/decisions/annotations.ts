import type { CheckReport } from '../../model/check.ts';
import { gateName, gateText, summaryText } from './check.ts';

/**
 * Workflow commands of GitHub Actions: an error per missed or undecided gate at the file of its scenario, a warning where
 * the gate has level `warn` or is missing from the baseline, and a notice with the count.
 */
export function checkAnnotations({ scenarios }: CheckReport): string {
  const lines = scenarios.flatMap(({ file, label, targets, regressions, baseline }) => {
    const open = [...targets, ...regressions].filter(({ verdict }) => verdict !== 'pass');
    const gates = open.map((gate) => {
      const level = 'level' in gate && gate.level === 'warn' ? 'warning' : 'error';
      return command(level, { file, title: `${label}: ${gateName(gate)}` }, gateText(gate));
    });
    if (baseline !== 'missing') return gates;
    const text = `${label} is not in the baseline`;
    return [...gates, command('warning', { file, title: label }, text)];
  });
  return `${[...lines, command('notice', { title: 'carriergrade check' }, summaryText(scenarios))].join('\n')}\n`;
}

function command(level: string, properties: Readonly<Record<string, string>>, message: string): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(value)}`);
  return `::${level} ${list.join(',')}::${escapeText(message)}`;
}

const escapeText = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const escapeProperty = (text: string): string => escapeText(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
