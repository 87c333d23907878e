/** Amounts per history of which most are zero, by name. */
export class SparseAmounts {
  private readonly lists = new Map<string, { readonly history: number[]; readonly amount: number[] }>();

  /** Adds to what `name` has in a history; histories come in order. */
  add(name: string, history: number, amount: number): void {
    let list = this.lists.get(name);
    if (list === undefined) {
      list = { history: [], amount: [] };
      this.lists.set(name, list);
    }
    const last = list.history.length - 1;
    if (list.history[last] === history) list.amount[last]! += amount;
    else {
      list.history.push(history);
      list.amount.push(amount);
    }
  }

  names(): readonly string[] {
    return [...this.lists.keys()];
  }

  /** One amount per history, 0 where there was none. */
  dense(name: string, histories: number): Float64Array {
    const amounts = new Float64Array(histories);
    const list = this.lists.get(name);
    list?.history.forEach((history, i) => {
      amounts[history] = list.amount[i]!;
    });
    return amounts;
  }
}
