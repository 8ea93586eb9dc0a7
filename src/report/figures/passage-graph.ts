import { html, Markup } from '../markup.js';
import { sheet } from '../sheet.js';
import { stateColours, theme } from '../theme.js';
import type { Figure } from './figure.js';

/** States, and how often a run went from one to another. */
export interface Passages {
  names: readonly string[];
  /** Parts of the ensemble. */
  populations: readonly number[];
  /** `[from][to]` */
  counts: readonly (readonly number[])[];
}

const [width, height] = [theme.half, 420];
const ring = 150;
/** How far an arrow bows out, in parts of its length. */
const bow = 0.16;

interface Node {
  x: number;
  y: number;
  r: number;
}

/** Passages between states as a graph: discs by population, arrows by how often. */
export function passageGraph({ names, populations, counts }: Passages): Figure | undefined {
  if (names.length < 2) return undefined;
  const nodes = names.map((_, i): Node => {
    // two stand side by side
    const angle = (2 * Math.PI * i) / names.length - (names.length === 2 ? Math.PI : Math.PI / 2);
    return {
      x: width / 2 + ring * Math.cos(angle),
      y: height / 2 + ring * Math.sin(angle),
      r: 13 + 27 * Math.sqrt(populations[i]),
    };
  });
  const most = Math.max(1, ...counts.flat());
  const arrows = counts.flatMap((row, i) =>
    row.flatMap((count, j) =>
      i === j || count === 0 ? [] : [arrow(nodes[i], nodes[j], count, most, colour(i))],
    ),
  );
  const discs = nodes.map(
    ({ x, y, r }, i) =>
      html`<circle cx="${px(x)}" cy="${px(y)}" r="${px(r)}" fill="${colour(i)}" />
        <text x="${px(x)}" y="${px(y)}" dy="0.35em" ${onDisc}>${names[i]}</text>`,
  );
  const svg = html`<svg
    viewBox="0 0 ${width} ${height}"
    width="${width}"
    height="${height}"
    role="img"
    aria-label="Passages between the states"
    text-anchor="middle"
    font-size="13"
  >
    ${arrows.map(({ path }) => path)}${discs}${arrows.map(({ label }) => label)}
  </svg>`;
  return {
    id: 'passages',
    width: 'half',
    body: sheet('Passages between the states', [{ svg, width, height }]),
    data: [
      {
        columns: [
          { name: 'from', values: names, each: names.length },
          { name: 'to', values: names, each: 1 },
          {
            name: 'passages',
            values: counts.flatMap((row, i) => row.map((count, j) => (i === j ? NaN : count))),
          },
        ],
      },
      {
        name: 'populations',
        columns: [
          { name: 'state', values: names },
          { name: 'population', values: populations },
        ],
      },
    ],
    caption:
      'How often the core of one state was the next that was reached after that of another, from one to the other along the arrow. Discs grow with the population, arrows with the number.',
  };
}

/** How words look on a disc, and over lines. */
const onDisc = new Markup(
  'class="name" fill="#fff" font-weight="650" paint-order="stroke" stroke="#1c2230" stroke-opacity="0.55" stroke-width="2.5"',
);
const onWhite = new Markup('class="count" paint-order="stroke" stroke="#fff" stroke-width="4"');

const px = (value: number): string => String(Number(value.toFixed(1)));
const colour = (i: number): string => stateColours[i % stateColours.length];

/** A bow from the edge of one disc to that of another, to the left of the way, and its number. */
function arrow(
  from: Node,
  to: Node,
  count: number,
  most: number,
  stroke: string,
): { path: Markup; label: Markup } {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const middle = {
    x: (from.x + to.x) / 2 + 2 * bow * dy,
    y: (from.y + to.y) / 2 - 2 * bow * dx,
  };
  const thick = 1 + 3.5 * Math.sqrt(count / most);
  const head = 5 + 2 * thick;
  const start = towards(from, middle, from.r + 2);
  const tip = towards(to, middle, to.r + 2);
  const neck = towards(to, middle, to.r + 2 + head);
  const at = {
    x: (start.x + 2 * middle.x + tip.x) / 4,
    y: (start.y + 2 * middle.y + tip.y) / 4,
  };
  const along = { x: (tip.x - neck.x) / head, y: (tip.y - neck.y) / head };
  const side = head / 2.2;
  const corners = [
    tip,
    { x: neck.x - side * along.y, y: neck.y + side * along.x },
    { x: neck.x + side * along.y, y: neck.y - side * along.x },
  ];
  return {
    path: html`<path
        d="M${px(start.x)},${px(start.y)}Q${px(middle.x)},${px(middle.y)} ${px(neck.x)},${px(neck.y)}"
        fill="none"
        stroke="${stroke}"
        stroke-width="${px(thick)}"
        stroke-opacity="0.65"
      />
      <polygon points="${corners.map(({ x, y }) => `${px(x)},${px(y)}`).join(' ')}" fill="${stroke}" />`,
    label: html`<text x="${px(at.x)}" y="${px(at.y)}" dy="0.35em" ${onWhite}>${count}</text>`,
  };
}

function towards(
  from: Pick<Node, 'x' | 'y'>,
  to: Pick<Node, 'x' | 'y'>,
  distance: number,
): Pick<Node, 'x' | 'y'> {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  return {
    x: from.x + (distance / length) * (to.x - from.x),
    y: from.y + (distance / length) * (to.y - from.y),
  };
}
