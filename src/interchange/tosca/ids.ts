/** Names of a scenario: letters, digits, `-`, `_`, `.`; each once, whatever it names. */
export class Ids {
  readonly #used = new Set<string>(RESERVED);
  readonly #given = new Map<string, string>();
  readonly #sites = new Map<string, string>();
  readonly #pools = new Map<string, string>();

  take(name: string, kind = ''): string {
    const plain = idOf(name);
    let id = plain;
    if (this.#used.has(id) && kind !== '') id = `${plain}-${kind}`;
    for (let i = 2; this.#used.has(id); i++) id = `${plain}.${i}`;
    this.#used.add(id);
    const key = `${kind}\n${name}`;
    if (!this.#given.has(key)) this.#given.set(key, id);
    return id;
  }

  known(name: string, kind = ''): string | undefined {
    return this.#given.get(`${kind}\n${name}`);
  }

  site(name: string): string {
    return this.#named(this.#sites, name);
  }

  pool(name: string): string {
    return this.#named(this.#pools, name);
  }

  #named(known: Map<string, string>, name: string): string {
    const before = known.get(name);
    if (before !== undefined) return before;
    const plain = idOf(name);
    let id = plain;
    for (let i = 2; [...known.values()].includes(id) || this.#used.has(id); i++) id = `${plain}.${i}`;
    known.set(name, id);
    if (known === this.#sites) this.#used.add(id);
    return id;
  }
}

/** Words that steps need, which would be taken for something else. */
const RESERVED = [
  'peer',
  'standby',
  'active',
  'host',
  'slot',
  'crew',
  'replication',
  'remediated',
  'confirmed',
  'bmc',
  'spare',
  'nfvo',
  'vnfm',
  'vim',
];

export function idOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+|[-._]+$/g, '')
    .slice(0, 80);
  if (plain === '') return 'unnamed';
  if (/^\d+$/.test(plain)) return `vdu-${plain}`;
  return Object.hasOwn(Object.prototype, plain) || plain === '__proto__' ? `${plain}-` : plain;
}
