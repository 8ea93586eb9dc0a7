import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Confinement } from '../../sampling/index.js';
import { parseReferencePdb } from '../descriptors/index.js';
import type { PlumedInput } from '../parse-input.js';
import type { Statement } from '../statement.js';
import { inputUnits } from '../units.js';
import { cross, hostFrame, minus, unit, type Vector } from './host-frame.js';

/** A place that goes with a host: PLUMED's serials, and weights that sum to 1, some of which may be negative. */
export interface CentreOfAtoms {
  serials: number[];
  weights: number[];
}

/** Where a confinement stands, by its host's atoms. */
export interface ConfinedFrame {
  origin: CentreOfAtoms;
  /** The axis leads from one to the other; or is the normal of two such lines; none of a sphere. */
  lines: [CentreOfAtoms, CentreOfAtoms][];
}

/**
 * By which atoms the statements of a confinement tell where it stands; undefined where they are none that `confinementLines` writes, or the
 * host's file for FUNNEL_PS is not there.
 * @param folder in which PLUMED ran
 */
export function confinedFrame(
  input: PlumedInput,
  confinement: Confinement,
  folder: string,
): ConfinedFrame | undefined {
  const find = (label: string | undefined): Statement | undefined =>
    label === undefined ? undefined : input.all.find((statement) => statement.label === label);
  const centre = (label: string | undefined): CentreOfAtoms | undefined => centreOf(find(label));
  const pair = (label: string): [CentreOfAtoms, CentreOfAtoms] | undefined => {
    const [a, b] = listed(find(label), 'ATOMS').map(centre);
    return a && b ? [a, b] : undefined;
  };
  if (confinement.kind !== 'sphere' && confinement.depth.endsWith('.lp'))
    return byFunnelPs(input, find(confinement.depth.slice(0, -'.lp'.length)), folder);
  const origin = pair(confinement.distance)?.[0];
  if (!origin) return undefined;
  if (confinement.kind === 'sphere') return { origin, lines: [] };
  const components = listed(find(confinement.depth), 'ARG').slice(0, 3);
  // of a flat host the components are those of a cross product of two lines
  const sources = components.flatMap((component) =>
    component.includes('.') ? [component] : listed(find(component), 'ARG'),
  );
  const labels = [...new Set(sources.map((component) => component.split('.')[0]))];
  const lines = labels.flatMap((label) => {
    const found = pair(label);
    return found ? [found] : [];
  });
  return lines.length === labels.length && lines.length > 0 && lines.length <= 2
    ? { origin, lines }
    : undefined;
}

const listed = (statement: Statement | undefined, key: string): string[] =>
  statement?.keywords.get(key)?.split(',') ?? [];

function centreOf(statement: Statement | undefined): CentreOfAtoms | undefined {
  if (statement?.action !== 'CENTER') return undefined;
  const serials = listed(statement, 'ATOMS').map(Number);
  const given = listed(statement, 'WEIGHTS').map(Number);
  const weights = given.length > 0 ? given : serials.map(() => 1 / serials.length);
  const isPlain = serials.length > 0 && serials.every((serial) => Number.isInteger(serial) && serial > 0);
  return isPlain && weights.length === serials.length && weights.every(Number.isFinite)
    ? { serials, weights }
    : undefined;
}

/** FUNNEL_PS lays the host on a file, in which the axis leads from one point to another. */
function byFunnelPs(
  input: PlumedInput,
  statement: Statement | undefined,
  folder: string,
): ConfinedFrame | undefined {
  const file = statement?.keywords.get('REFERENCE');
  const points = listed(statement, 'POINTS').map((x) => Number(x) * inputUnits(input).length);
  if (file === undefined || points.length !== 6 || !points.every(Number.isFinite)) return undefined;
  const path = resolve(folder, file.replace(/^"(.*)"$/, '$1'));
  const reference = existsSync(path) ? parseReferencePdb(readFileSync(path, 'utf8')) : undefined;
  if (!reference) return undefined;
  const [from, to] = [points.slice(0, 3), points.slice(3)] as unknown as [Vector, Vector];
  const { origin, lines } = hostFrame(reference.positions, minus(to, from), from);
  const bySerial = ({ atoms, weights }: { atoms: number[]; weights: number[] }): CentreOfAtoms => ({
    serials: atoms.map((i) => reference.atoms[i]),
    weights,
  });
  return {
    origin: bySerial(origin),
    lines: lines.map(([low, high]) => [bySerial(low), bySerial(high)]),
  };
}

/** Where a confinement's origin lies and its axis leads to in a frame: `[atoms, 3]`, whole; no axis of a sphere. */
export function placeOfFrame(
  { origin, lines }: ConfinedFrame,
  positions: Float64Array,
): { origin: Vector; axis: Vector | undefined } {
  const place = ({ serials, weights }: CentreOfAtoms): Vector =>
    [0, 1, 2].map((k) =>
      serials.reduce((sum, serial, i) => sum + weights[i] * positions[3 * (serial - 1) + k], 0),
    ) as unknown as Vector;
  const [first, second] = lines.map(([low, high]) => minus(place(high), place(low)));
  const axis = second === undefined ? first : cross(first, second);
  return { origin: place(origin), axis: axis && unit(axis) };
}
