/** The part of cephes in use; the types it ships cannot be seen under `nodenext` resolution. */
declare module 'cephes' {
  /** Resolves when the WebAssembly is ready; no function may be called before. */
  export const compiled: Promise<void>;
  /** P(Gamma(a) ≤ x). */
  export function igam(a: number, x: number): number;
  /** P(Gamma(a) > x). */
  export function igamc(a: number, x: number): number;
  /** x with P(Gamma(a) > x) = q. */
  export function igami(a: number, q: number): number;
  /** P(Beta(a, b) ≤ x). */
  export function incbet(a: number, b: number, x: number): number;
  /** x with P(Beta(a, b) ≤ x) = p. */
  export function incbi(a: number, b: number, p: number): number;
  /** Φ(x). */
  export function ndtr(x: number): number;
  /** x with Φ(x) = p. */
  export function ndtri(p: number): number;
  /** Student quantile, integer degrees of freedom. */
  export function stdtri(degrees: number, p: number): number;
}
