/** A guide written by hand: its file relative to `reports/`, and whom it is for. Every command in it runs in the tests. */
export interface Guide {
  readonly file: string;
  readonly about: string;
}

export const GUIDES: readonly Guide[] = [
  { file: 'guides/planner.md', about: 'for a planner, from a first scenario to a report to show' },
  { file: 'guides/allocation-engineer.md', about: 'for an allocation engineer: targets divided, structures solved' },
  { file: 'guides/ci.md', about: 'for a CI engineer: gate, baseline, shards, exit codes' },
];
