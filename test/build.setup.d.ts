/** Builds dist/ once per test run: the command line is tested as it ships. */
export default function setup(): void;
