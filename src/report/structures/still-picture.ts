import type { StateStructure } from '../../states/index.js';
import { html, Markup } from '../markup.js';
import { theme } from '../theme.js';
import type { Wire } from './confinement-wires.js';
import { colourOf, ribbonColour, wireColours } from './palette.js';

/** What all pictures show: nm. */
export interface ViewBox {
  x: readonly [number, number];
  y: readonly [number, number];
}

/** Radius of an atom's ball and of a bond, nm. */
const ball = 0.035;
const stick = 0.012;
/** Around the atoms, nm. */
const room = 0.08;
/** In a larger molecule hydrogens are left out. */
const mostWithHydrogen = 300;
const width = 340;
const height = 260;

/** A box around all structures with the shape of a picture. */
export function viewBoxOf(structures: readonly StateStructure[], wires: readonly Wire[] = []): ViewBox {
  const edges = [0, 1].map((axis): [number, number] => {
    const ends = wires.flatMap(({ points }) => points.map((point) => point[axis]));
    let [least, most] = [Math.min(Infinity, ...ends), Math.max(-Infinity, ...ends)];
    for (const { positions } of structures)
      for (let at = axis; at < positions.length; at += 3) {
        least = Math.min(least, positions[at]);
        most = Math.max(most, positions[at]);
      }
    return [least - room, most + room];
  });
  const [x, y] = edges.map(([least, most]) => ({ middle: (least + most) / 2, half: (most - least) / 2 }));
  const half = Math.max(x.half, (y.half * width) / height);
  return {
    x: [x.middle - half, x.middle + half],
    y: [y.middle - (half * height) / width, y.middle + (half * height) / width],
  };
}

/** Colours of atoms that are not their elements', and atoms of polymers that are drawn beside the ribbon. */
export interface AtomColours {
  colours: readonly string[];
  marked: ReadonlySet<number>;
}

/** Something that is drawn, how near it is to the reader. */
interface Piece {
  depth: number;
  markup: Markup;
}

/** A structure as balls and sticks, polymers by their backbones, seen along the last axis. */
export function stillPicture(
  structure: StateStructure,
  { x, y }: ViewBox,
  wires: readonly Wire[] = [],
  own?: AtomColours,
): Markup {
  const { state, positions, bonds } = structure;
  const scale = width / (x[1] - x[0]);
  const place = (atom: number): Place => ({
    x: (positions[3 * atom] - x[0]) * scale,
    y: (y[1] - positions[3 * atom + 1]) * scale,
    depth: positions[3 * atom + 2],
  });
  const pieces = [
    ...backbones(structure, place, scale),
    ...balls(structure, place, scale * (bonds.length > 0 ? ball : lonely(structure)), own),
    ...sticks(structure, place, scale, own),
    ...wires.flatMap((wire) => wirePieces(wire, { x, y }, scale)),
  ].sort((a, b) => a.depth - b.depth);
  return html`<svg
    viewBox="0 0 ${width} ${height}"
    role="img"
    aria-label="The structure that stands for ${state}"
  >
    ${pieces.map(({ markup }) => markup)}
  </svg>`;
}

/** Each stretch by itself, as parts of a line lie before the molecule and others behind it. */
function wirePieces({ kind, points }: Wire, { x, y }: ViewBox, scale: number): Piece[] {
  return points.slice(1).map((end, i) => {
    const [a, b] = [points[i], end].map(([px, py]) => ({ x: (px - x[0]) * scale, y: (y[1] - py) * scale }));
    return {
      depth: (points[i][2] + end[2]) / 2,
      markup: html`<path
        class="${kind}"
        d="M${px(a.x)},${px(a.y)}L${px(b.x)},${px(b.y)}"
        stroke="${wireColours[kind]}"
        stroke-width="${kind === 'axis' ? 1.5 : 0.8}"
        ${kind === 'clear' && i % 2 === 1 ? html`stroke-opacity="0"` : html``}
      />`,
    };
  });
}

interface Place {
  x: number;
  y: number;
  depth: number;
}

const px = (value: number): string => String(Number(value.toFixed(1)));

function isDrawn({ elements, ofPolymer }: StateStructure, own?: AtomColours): (atom: number) => boolean {
  const withHydrogen = elements.length <= mostWithHydrogen;
  return (atom) =>
    own?.marked.has(atom) === true || (!ofPolymer[atom] && (withHydrogen || elements[atom] !== 'H'));
}

function balls(
  structure: StateStructure,
  place: (atom: number) => Place,
  radius: number,
  own?: AtomColours,
): Piece[] {
  const drawn = isDrawn(structure, own);
  return structure.elements.flatMap((element, atom) => {
    if (!drawn(atom)) return [];
    const { x, y, depth } = place(atom);
    const r = px(Math.max(1.5, radius * (element === 'H' ? 0.7 : 1)));
    return [
      {
        depth: depth + 1e-3,
        markup: html`<circle
          cx="${px(x)}"
          cy="${px(y)}"
          r="${r}"
          fill="${own?.colours[atom] ?? colourOf(element)}"
          stroke="${theme.ink}"
          stroke-width="0.7"
        />`,
      },
    ];
  });
}

/** Each bond in two halves with the colours of its atoms. */
function sticks(
  structure: StateStructure,
  place: (atom: number) => Place,
  scale: number,
  own?: AtomColours,
): Piece[] {
  const drawn = isDrawn(structure, own);
  const thick = px(Math.max(1.5, 2 * stick * scale));
  const { bonds, elements } = structure;
  return Array.from({ length: bonds.length / 2 }, (_, i) => [bonds[2 * i], bonds[2 * i + 1]])
    .filter((atoms) => atoms.every(drawn))
    .flatMap((atoms) => {
      const [a, b] = atoms.map(place);
      const [x, y] = [(a.x + b.x) / 2, (a.y + b.y) / 2];
      return [a, b].map((end, i) => ({
        depth: (a.depth + b.depth) / 2,
        markup: line(
          [end, { x, y }],
          own?.colours[atoms[i]] ?? (elements[atoms[i]] === 'H' ? '#b9bec7' : colourOf(elements[atoms[i]])),
          thick,
        ),
      }));
    });
}

function backbones(
  { backbones: chains }: StateStructure,
  place: (atom: number) => Place,
  scale: number,
): Piece[] {
  const thick = px(Math.max(2.5, 0.12 * scale));
  return chains.flatMap((chain) =>
    chain.slice(1).map((atom, i) => {
      const [a, b] = [place(chain[i]), place(atom)];
      return { depth: (a.depth + b.depth) / 2, markup: line([a, b], ribbonColour, thick) };
    }),
  );
}

const line = ([a, b]: readonly Pick<Place, 'x' | 'y'>[], colour: string, thick: string): Markup =>
  html`<path
    d="M${px(a.x)},${px(a.y)}L${px(b.x)},${px(b.y)}"
    stroke="${colour}"
    stroke-width="${thick}"
    stroke-linecap="round"
  />`;

/** Half of the median distance to the nearest other atom: particles of a simple fluid touch. */
export function lonely({ positions, elements }: Pick<StateStructure, 'positions' | 'elements'>): number {
  const some = Array.from({ length: Math.min(elements.length, mostWithHydrogen) }, (_, i) => i);
  const nearest = some.map((i) =>
    Math.min(
      ...some.map((j) =>
        i === j ? Infinity : Math.hypot(...[0, 1, 2].map((k) => positions[3 * i + k] - positions[3 * j + k])),
      ),
    ),
  );
  const known = nearest.filter(Number.isFinite).sort((a, b) => a - b);
  return known.length === 0 ? ball : known[known.length >> 1] / 2.4;
}
