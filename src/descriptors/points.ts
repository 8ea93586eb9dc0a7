import { LatentcvError } from '../support/index.js';
import type { AlignmentReference } from './alignment-reference.js';
import type { FrameCentres, InFrame } from './descriptor.js';
import { frameProblem, weightsProblem } from './kinds.js';

/** The mean of a group of atoms, or their mean by weights. */
export interface CentrePoint {
  kind: 'centre';
  /**
   * PLUMED serials, and points before this one; or, in a `DescriptorSet`, places in the set's list. In a periodic box each
   * is taken at the image next to the one before it.
   */
  atoms: number[];
  /** Of any sum: masses. 1 each where left out. */
  weights?: number[];
}

/** A fixed point of a frame, that of a reference or of three places, whose atoms and points stand before it. */
export type SitePoint = {
  kind: 'site';
  /** `[x, y, z]` in the frame, nm. */
  position: [number, number, number];
} & InFrame;

/**
 * A place that follows from atoms, and that a descriptor may name wherever an atom may stand. Among serials a negative
 * number names it: −1 the first of the points, −2 the second. In a `DescriptorSet` points count on behind the atoms.
 */
export type Point = CentrePoint | SitePoint;

/** What names the point of this number (from 0) among serials. */
export const pointSerial = (number: number): number => -1 - number;

/** The number (from 0) of the point that this names among serials; undefined for an atom. */
export const pointNumber = (serial: number): number | undefined => (serial < 0 ? -1 - serial : undefined);

/** The same point of other atoms; a site in the frame of a reference has those of the reference. */
export function mapPoint(point: Point, change: (atom: number) => number): Point {
  if (point.kind === 'centre') return { ...point, atoms: point.atoms.map(change) };
  return 'frame' in point ? { ...point, frame: point.frame.map(change) as FrameCentres } : point;
}

/**
 * What a point should have been, over these references, or undefined where it can be computed.
 * @param isBefore whether an atom, or a point, may be named by it
 */
export function pointProblem(
  point: Point,
  references: readonly AlignmentReference[],
  isBefore: (atom: number) => boolean,
): string | undefined {
  if ('reference' in point && !Object.hasOwn(references, point.reference))
    return `a reference from 0 to ${references.length} (exclusive)`;
  const problem = point.kind === 'centre' ? centreProblem(point) : siteProblem(point);
  if (problem !== undefined) return problem;
  return atomsOf(point, references).every(isBefore)
    ? undefined
    : 'points that are made of atoms and of those before them';
}

function atomsOf(point: Point, references: readonly AlignmentReference[]): readonly number[] {
  if (point.kind === 'centre') return point.atoms;
  return 'frame' in point ? point.frame : references[point.reference].atoms;
}

function siteProblem(site: SitePoint): string | undefined {
  if (!('reference' in site)) {
    const problem = frameProblem(site.frame);
    if (problem !== undefined) return problem;
  }
  const { position } = site;
  return position.length === 3 && position.every(Number.isFinite) ? undefined : 'x, y and z';
}

function centreProblem({ atoms, weights }: CentrePoint): string | undefined {
  if (atoms.length === 0) return 'at least one atom';
  if (new Set(atoms).size < atoms.length) return 'different atoms';
  return weights && weightsProblem(weights, atoms.length);
}

/**
 * A line of the model file, `centre 0 1 2 weights 12 1 16`, `site 0 0.1 0.2 0.3` or `site 4 5 6 at 0.1 0.2 0.3`; atoms by their
 * places in the set.
 */
export function formatPoint(point: Point): string {
  if (point.kind === 'site')
    return (
      'frame' in point
        ? ['site', ...point.frame, 'at', ...point.position]
        : ['site', point.reference, ...point.position]
    ).join(' ');
  const { kind, atoms, weights } = point;
  return [kind, ...atoms, ...(weights ? ['weights', ...weights] : [])].join(' ');
}

const isWhole = (word: string): boolean => /^\d+$/.test(word);

const placesOf = (words: readonly string[]): number[] =>
  words.map((word) => (isWhole(word) ? Number(word) : NaN));

function siteOf(words: readonly string[]): SitePoint | undefined {
  const position = words.slice(-3).map(Number) as SitePoint['position'];
  if (words.length === 4) return { kind: 'site', reference: Number(words[0]), position };
  return words.length === 7 && words[3] === 'at'
    ? { kind: 'site', frame: placesOf(words.slice(0, 3)) as FrameCentres, position }
    : undefined;
}

function assemble(line: string): Point | undefined {
  const [kind, ...words] = line.trim().split(/\s+/);
  if (kind === 'site') return siteOf(words);
  const end = words.indexOf('weights');
  const atoms = placesOf(end < 0 ? words : words.slice(0, end));
  const weights = end < 0 ? undefined : words.slice(end + 1).map(Number);
  return kind === 'centre' ? { kind, atoms, ...(weights && { weights }) } : undefined;
}

/**
 * Reads what `formatPoint` wrote, over `atomCount` atoms.
 * @throws LatentcvError `bad-model` for a line that is no point, and for an atom or point that is not before it
 */
export function parsePoints(
  lines: readonly string[],
  atomCount: number,
  references: readonly AlignmentReference[],
): Point[] {
  return lines.map((line, number) => {
    const point = assemble(line);
    const before = atomCount + number;
    const problem = point
      ? pointProblem(point, references, (atom) => atom < before)
      : `a point like "centre 0 1"`;
    if (point && problem === undefined) return point;
    throw new LatentcvError(
      'bad-model',
      `line ${number + 1} of latentcv.descriptors.points: expected ${problem} but received "${line}"`,
    );
  });
}

/** Serials with runs drawn together: `1to3_7`. */
export function runsOf(atoms: readonly number[]): string[] {
  const runs: [number, number][] = [];
  for (const atom of atoms) {
    const last = runs.at(-1);
    if (last?.[1] === atom - 1) last[1] = atom;
    else runs.push([atom, atom]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}to${to}`));
}
