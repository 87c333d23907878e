import { requirementsPage } from '../requirements/page.ts';
import { apiPage } from './api/page.ts';

/** A page about the project itself: its file relative to `reports/`, what it holds, and its text. */
export interface Page {
  readonly file: string;
  readonly about: string;
  readonly text: () => string;
}

export const PAGES: readonly Page[] = [
  { file: 'api.md', about: 'the library: every public export with its signature and docstring', text: apiPage },
  { file: 'requirements.md', about: 'which tests show which requirement', text: requirementsPage },
];
