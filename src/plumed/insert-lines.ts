/** New lines, to stand before a line of the text (from 1) or at its end. */
export interface Insertion {
  /** Line before which to insert; undefined for the end. */
  before: number | undefined;
  lines: readonly string[];
}

/**
 * Inserts lines into a text whose own lines keep every byte. The new lines end as the text's first line does; where
 * the text lacks a final newline, one is added before lines at its end.
 */
export function insertLines(text: string, insertions: readonly Insertion[]): string {
  const own = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const ending = own[0]?.endsWith('\r\n') ? '\r\n' : '\n';
  const block = ({ lines }: Insertion): string => lines.map((line) => line + ending).join('');
  const at = (place: number | undefined): string =>
    insertions
      .filter(({ before }) => before === place)
      .map(block)
      .join('');
  const body = own.map((line, index) => at(index + 1) + line).join('');
  const end = at(undefined);
  return end !== '' && body !== '' && !body.endsWith('\n') ? body + ending + end : body + end;
}
