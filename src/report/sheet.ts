import { escapeText, html, Markup } from './markup.js';
import { theme } from './theme.js';

/** A plot as an `<svg>`, and its size in px. */
export interface Panel {
  svg: Markup;
  width: number;
  height: number;
  /** What stands over it. */
  heading?: string;
}

/** What a colour stands for; words alone where there is none. */
export interface KeyEntry {
  name: string;
  colour?: string;
  /** Default: a dot. */
  mark?: 'dot' | 'line';
}

/** Heights of a line of the key and of a heading; right end of the key, px. */
const [keyHeight, headingHeight, keyMargin] = [21, 18, 16];
/** Of type of 13 px: about what a letter of the usual sans-serifs takes. */
const letter = 6.9;
/** What a mark takes with the blank behind it, and what is between two entries. */
const [dotRoom, lineRoom, between] = [16, 27, 20];

/**
 * A figure as one `<svg>` that stands by itself: its key above, rows of panels below it, on white. A browser, a page or a program
 * for drawings takes it as it is.
 */
export function sheet(
  label: string,
  rows: readonly (Panel | readonly Panel[])[],
  key: readonly KeyEntry[] = [],
): Markup {
  const lines = rows.map((row) => ('svg' in row ? [row] : row));
  const width = Math.max(...lines.map((row) => row.reduce((sum, panel) => sum + panel.width, 0)));
  const entries = keyLines(key, width - keyMargin);
  let top = entries.length * keyHeight;
  const parts: Markup[] = entries.map((line, i) => keyLine(line, width - keyMargin, i * keyHeight));
  for (const row of lines) {
    parts.push(...placed(row, top));
    top += Math.max(...row.map(fullHeight));
  }
  const keyed = entries.length > 0 ? ' keyed' : '';
  return html`<svg
    xmlns="http://www.w3.org/2000/svg"
    class="plot${keyed}"
    role="group"
    aria-label="${label}"
    width="${width}"
    height="${top}"
    viewBox="0 0 ${width} ${top}"
    font-family="${theme.font}"
    font-size="12"
    fill="${theme.ink}"
    style="white-space:pre"
  >
    <rect width="${width}" height="${top}" fill="#fff" />
    ${parts}
  </svg>`;
}

const fullHeight = ({ height, heading }: Panel): number =>
  height + (heading === undefined ? 0 : headingHeight);

/** Panels side by side. */
function placed(row: readonly Panel[], top: number): Markup[] {
  let left = 0;
  return row.map(({ svg, width, heading }) => {
    const x = left;
    left += width;
    const y = top + (heading === undefined ? 0 : headingHeight);
    const at = svg.text.replace('<svg', `<svg x="${x}" y="${y}"`);
    const over =
      heading === undefined
        ? ''
        : `<text x="${x + 2}" y="${top + 13}" font-weight="600">${escapeText(heading)}</text>`;
    return new Markup(over + at);
  });
}

const widthOf = ({ name, colour, mark }: KeyEntry): number =>
  letter * [...name].length + (colour === undefined ? 0 : mark === 'line' ? lineRoom : dotRoom);

/** As many entries in a line as fit. */
function keyLines(key: readonly KeyEntry[], room: number): KeyEntry[][] {
  const lines: KeyEntry[][] = [];
  let left = 0;
  for (const entry of key) {
    const width = widthOf(entry) + between;
    if (lines.length === 0 || width > left + between) {
      lines.push([]);
      left = room;
    }
    lines.at(-1)!.push(entry);
    left -= width;
  }
  return lines;
}

/** Entries to the right end. */
function keyLine(line: readonly KeyEntry[], right: number, top: number): Markup {
  const whole = line.reduce((sum, entry) => sum + widthOf(entry) + between, -between);
  let x = Math.max(0, right - whole);
  const marks = line.map((entry) => {
    const own = keyEntry(entry, x, top + 9);
    x += widthOf(entry) + between;
    return own;
  });
  return html`<g class="key" font-size="13">${marks}</g>`;
}

function keyEntry({ name, colour, mark }: KeyEntry, x: number, y: number): Markup {
  const at = (value: number): string => String(Number(value.toFixed(1)));
  if (colour === undefined) return html`<text x="${at(x)}" y="${y + 4.5}">${name}</text>`;
  const [sign, room] =
    mark === 'line'
      ? [html`<rect x="${at(x)}" y="${y - 1.5}" width="20" height="3" rx="1.5" fill="${colour}" />`, lineRoom]
      : [html`<circle cx="${at(x + 4.5)}" cy="${y}" r="4.5" fill="${colour}" />`, dotRoom];
  return html`${sign}<text x="${at(x + room)}" y="${y + 4.5}">${name}</text>`;
}
