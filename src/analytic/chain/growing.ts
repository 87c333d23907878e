/** A copy of `array` with room for at least `length` entries; grows by half, so that appending stays linear. */
export function grown(array: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer>;
export function grown(array: Float64Array<ArrayBuffer>, length: number): Float64Array<ArrayBuffer>;
export function grown(
  array: Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>,
  length: number,
): Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer> {
  const size = Math.max(length, Math.ceil(array.length * 1.5), 16);
  const copy = array instanceof Int32Array ? new Int32Array(size) : new Float64Array(size);
  copy.set(array);
  return copy;
}
