/** What of a scenario was looked at because some services were asked for, and why the rest may be left out. */
export interface SliceFacts {
  readonly services: readonly string[];
  /** What can influence the services, of all there is. */
  readonly elements: { readonly kept: number; readonly of: number };
  readonly groups: { readonly kept: number; readonly of: number };
  /**
   * `same`: each history is, byte by byte, that of the whole scenario; `alike`: nodes stand for others like them, and the
   * histories are other ones of the same law.
   */
  readonly futures: 'same' | 'alike';
  /** What stands for what, and what had to be kept whole. */
  readonly notes: readonly string[];
}
