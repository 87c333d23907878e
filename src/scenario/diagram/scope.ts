import type { Block, Gate, Ref } from '../../model/structure.ts';
import { didYouMean } from '../read/suggest.ts';
import type { Section } from '../resolve/context.ts';
import type { SolveChain } from './chain-block.ts';

/** Parts of one diagram: structures of more than this are an accident of repetition. */
const MOST_PARTS = 200_000;
/** Names that lead to names: more is a circle or nearly one. */
const DEEPEST_NAMES = 200;

/** Instances of templates: more is an accident of repetition, too. */
const MOST_INSTANCES = 100_000;

/** The structure as it grows, and how deep names have led. */
export class Assembly {
  readonly blocks: Block[] = [];
  readonly gates: Gate[] = [];
  private readonly named = new Map<string, Section>();
  private instances = 0;
  /** Set when the diagram is too large: nothing more is read then. */
  overflown = false;
  depth = 0;
  /** Absent where chains cannot be solved. */
  readonly solveChain: SolveChain | undefined;

  constructor(solveChain?: SolveChain) {
    this.solveChain = solveChain;
  }

  /** Reference to one more block; undefined when a problem was reported. */
  addBlock(section: Section, block: Block): Ref | undefined {
    const first = this.named.get(block.name);
    if (first !== undefined) {
      const hint = 'one unit used twice belongs under "blocks", and its name where it is used';
      return section.problem('duplicate-name', `block "${block.name}" is there twice`, hint);
    }
    if (this.full(section)) return undefined;
    this.named.set(block.name, section);
    return this.blocks.push(block) - 1;
  }

  addGate(section: Section, gate: Gate): Ref | undefined {
    return this.full(section) ? undefined : ~(this.gates.push(gate) - 1);
  }

  /** One more instance of a template; false when there are too many. */
  addInstance(section: Section): boolean {
    if (this.instances++ < MOST_INSTANCES) return true;
    this.overflow(section, `the diagram has more than ${MOST_INSTANCES} instances of templates`);
    return false;
  }

  private full(section: Section): boolean {
    if (this.blocks.length + this.gates.length < MOST_PARTS) return false;
    this.overflow(section, `the diagram has more than ${MOST_PARTS} blocks and gates`);
    return true;
  }

  /** Said once. */
  private overflow(section: Section, message: string): void {
    if (!this.overflown) section.problem('too-large', message);
    this.overflown = true;
  }
}

/** A unit or part by name: worked out when it is first used, then always the same one. */
interface Entry {
  readonly section: Section;
  readonly make: (section: Section, scope: Scope) => Ref | undefined;
  ref?: Ref | undefined;
  state: 'unused' | 'open' | 'done';
}

/** Names of the diagram, or of one instance of a template inside it. */
export class Scope {
  readonly assembly: Assembly;
  /** Put before the names of blocks made here; `site[2]/`, empty at the top. */
  readonly prefix: string;
  private readonly outer: Scope | undefined;
  private readonly entries = new Map<string, Entry>();

  constructor(assembly: Assembly, prefix = '', outer?: Scope) {
    this.assembly = assembly;
    this.prefix = prefix;
    this.outer = outer;
  }

  define(section: Section, make: Entry['make']): void {
    const name = section.key;
    if (this.entries.has(name)) {
      section.problem('duplicate-name', `"${name}" is there twice, as a block and as a part`, undefined, {
        part: 'key',
      });
      return;
    }
    this.entries.set(name, { section, make, state: 'unused' });
  }

  /** What a name stands for; reports a name nobody defined and one that contains itself. */
  resolve(name: string, at: Section): Ref | undefined {
    const entry = this.entries.get(name);
    if (entry === undefined) {
      if (this.outer !== undefined) return this.outer.resolve(name, at);
      return at.problem(
        'dangling-reference',
        `there is no block or part "${name}"`,
        didYouMean(name, [...this.names()], 'names'),
      );
    }
    if (entry.state === 'open') return at.problem('cyclic-parts', `part "${name}" contains itself`);
    if (entry.state === 'unused') {
      if (this.assembly.depth >= DEEPEST_NAMES) {
        return at.problem('too-deep', `names lead to names more than ${DEEPEST_NAMES} deep`);
      }
      this.assembly.depth++;
      entry.state = 'open';
      entry.ref = entry.make(entry.section, this);
      entry.state = 'done';
      this.assembly.depth--;
    }
    return entry.ref;
  }

  /** Every name defined here, used or not: so that an unused one is still checked. */
  names(): IterableIterator<string> {
    return this.entries.keys();
  }

  sectionOf(name: string): Section {
    return this.entries.get(name)!.section;
  }
}
