import { plain, type Unit, unit } from '../../adapters/mathjs.ts';
import { timeUnit } from './units.ts';

/**
 * Products, quotients and powers of numbers and units, for example `2 / (3 week)` or `40 GB / (10 Gbit/s)`. A number
 * and the unit behind it belong together: `1 / 1000 h` is one in a thousand hours. Import lazily: loads mathjs.
 *
 * Returns the value in seconds^power as decimal text (a double: 15 digits), or undefined when the text is no such
 * expression, names an unknown unit or has another dimension.
 */
export function evaluateUnits(text: string, power: number): string | undefined {
  const tokens = text.match(/\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?|[A-Za-z\u00b5\u03bc]+|[*/^()+-]/g) ?? [];
  let next = 0;

  const take = (token: string): boolean => {
    if (tokens[next] !== token) return false;
    next++;
    return true;
  };
  const number = (): number => {
    const sign = take('-') ? -1 : 1;
    return sign * Number(tokens[next++] ?? Number.NaN);
  };
  const atom = (): Unit => {
    if (take('(')) {
      const inner = quotient();
      if (!take(')')) throw new SyntaxError('missing )');
      return inner;
    }
    const token = tokens[next++] ?? '';
    if (/^[\d.]/.test(token)) return plain(Number(token));
    const found = unit(timeUnit(token) ?? token);
    if (found === undefined) throw new SyntaxError(`unknown unit ${token}`);
    return found;
  };
  const powered = (): Unit => {
    const base = atom();
    return take('^') ? asUnit(base.pow(number())) : base;
  };
  /** Factors side by side. */
  const product = (): Unit => {
    let value = powered();
    while (/^[\w.(\u00b5\u03bc]/.test(tokens[next] ?? '') && tokens[next] !== 'per')
      value = asUnit(value.multiply(powered()));
    return value;
  };
  const quotient = (): Unit => {
    let value = product();
    for (;;) {
      if (take('*')) value = asUnit(value.multiply(product()));
      else if (take('/') || take('per')) value = asUnit(value.divide(product()));
      else return value;
    }
  };

  try {
    const value = quotient();
    if (next < tokens.length) return undefined;
    const seconds = value.toNumber(power === 1 ? 's' : `s^${power}`);
    return Number.isFinite(seconds) ? String(seconds) : undefined;
  } catch {
    return undefined;
  }
}

/** mathjs turns a quotient without dimension into a number. */
function asUnit(value: Unit | number): Unit {
  return typeof value === 'number' ? plain(value) : value;
}
