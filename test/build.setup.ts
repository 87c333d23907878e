import { execFileSync } from 'node:child_process';

/** Builds dist/ once per test run: the command line is tested as it ships. */
export default function setup(): void {
  if (process.env['CARRIERGRADE_SKIP_BUILD'] !== undefined) return;
  execFileSync(process.execPath, ['src/tools/build.mjs'], { stdio: 'inherit' });
}
