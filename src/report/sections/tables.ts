import { html, type Markup } from '../markup.js';

export type Row = readonly [name: string, value: string | undefined];

/** Names and values; rows without a value are left out, and so is a table without rows. */
export function definitionTable(rows: readonly Row[], caption?: string): Markup | undefined {
  const known = rows.filter(([, value]) => value !== undefined && value !== '');
  if (!known.length) return undefined;
  return html`<table class="definitions">
    ${
      caption &&
      html`<caption>
        ${caption}
      </caption>`
    }
    <tbody>
      ${known.map(
        ([name, value]) =>
          html`<tr>
            <th scope="row">${name}</th>
            <td>${value}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

type Cell = string | Markup | readonly Markup[];

/** A table whose columns are left out where no row has a value. */
export function columnTable(
  heads: readonly string[],
  rows: readonly (readonly (Cell | undefined)[])[],
): Markup | undefined {
  const kept = heads.map((_, column) => rows.some((row) => row[column] !== undefined));
  if (!kept.some(Boolean)) return undefined;
  const line = (tag: 'th' | 'td', cells: readonly (Cell | undefined)[]) =>
    cells.flatMap((cell, column) =>
      kept[column]
        ? [tag === 'th' ? html`<th scope="col">${cell ?? ''}</th>` : html`<td>${cell ?? '–'}</td>`]
        : [],
    );
  return html`<table class="columns">
    <thead>
      <tr>
        ${line('th', heads)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (row) =>
          html`<tr>
            ${line('td', row)}
          </tr>`,
      )}
    </tbody>
  </table>`;
}
