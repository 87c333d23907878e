/** Classes beyond which the class of the latest failure is not told apart. */
const MOST_CLASSES = 40;

/** What learning tells incidents apart by: the class of their first failure, how many there were, and the class of the latest. */
export class Contexts {
  readonly count: number;
  private readonly classes: number;
  private readonly width: number;
  private readonly depths: number;

  /** @param depths failures of an incident that are told apart by their number */
  constructor(classes: number, depths: number) {
    this.classes = classes;
    this.depths = depths;
    this.width = classes > MOST_CLASSES ? 1 : classes;
    this.count = classes * (1 + (depths - 1) * this.width);
  }

  /** @param failures so far */
  at(first: number, failures: number, latest: number): number {
    if (failures === 1) return first;
    const { classes, width } = this;
    const depth = Math.min(failures, this.depths) - 2;
    return classes + (depth * classes + first) * width + (width === 1 ? 0 : latest);
  }
}
