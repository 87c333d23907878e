/**
 * Runs a program with random branches once per combination of outcomes. The program asks `choose(p)` at each branch
 * and gets `true` with probability p; which branches it meets may depend on the answers before. After each run
 * `visit` receives the probability of that combination. Each run repeats the answers of the run before up to the last
 * branch that still has an untried answer, so the program must be deterministic apart from `choose` and must start
 * from the same state each time. Answers of probability 0 are not tried. The probabilities visited sum to 1.
 *
 * @param run the program; called at least once.
 * @param visit called after each run, with a probability in (0, 1].
 */
export function enumerateOutcomes(
  run: (choose: (probability: number) => boolean) => void,
  visit: (probability: number) => void,
): void {
  /** Weight of the path including branch i, and the weight of the other answer there (0: nothing left to try). */
  const answers: boolean[] = [];
  const weights: number[] = [];
  const untried: number[] = [];
  let depth = 0;

  const choose = (probability: number): boolean => {
    const branch = depth++;
    if (branch < answers.length) return answers[branch]!;
    const before = branch === 0 ? 1 : weights[branch - 1]!;
    const answer = probability > 0;
    answers.push(answer);
    weights.push(answer ? before * Math.min(probability, 1) : before);
    untried.push(answer && probability < 1 ? before * (1 - probability) : 0);
    return answer;
  };

  for (;;) {
    depth = 0;
    run(choose);
    visit(depth === 0 ? 1 : weights[depth - 1]!);
    let last = answers.length - 1;
    while (last >= 0 && untried[last] === 0) last--;
    if (last < 0) return;
    answers.length = last + 1;
    weights.length = last + 1;
    untried.length = last + 1;
    answers[last] = false;
    weights[last] = untried[last]!;
    untried[last] = 0;
  }
}
