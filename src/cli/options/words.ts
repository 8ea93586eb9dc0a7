/** What a word of the command line should have been, as in `expected … for --lag but received "x"`. */
export class Expected extends Error {}

export function finiteNumber(text: string): number {
  const value = text.trim() === '' ? NaN : Number(text);
  return Number.isFinite(value) ? value : NaN;
}

/** `phi,psi` or `phi psi`: apart by commas, or where there is none by blanks; a name with blanks may stand in `"…"`. */
export function listed(text: string): string[] {
  const words = text.includes(',') ? text.split(',') : (text.match(/"[^"]*"|\S+/g) ?? ['']);
  return words.map((word) => word.trim().replace(/^"(.*)"$/, '$1'));
}
