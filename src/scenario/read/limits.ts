/** Longest text that is parsed; about 25 000 elements, seconds of parsing. */
export const MAX_CHARACTERS = 4 * 1024 * 1024;
