import { alignedPositions, type Descriptor, type FrameCentres } from '../../descriptors/index.js';
import type { Structure } from '../structure/index.js';
import { templateOf } from './alignment.js';
import type { DefinitionStatement } from './definition.js';
import { placesOf, serial, singlePlaces, threePlaces, type NamedPoints } from './places.js';
import { groupOfWord, groupsOf, refusal } from './statement-groups.js';

/**
 * The frame that a statement names: with `aligned FILE`, and `on HOST` where its own atoms do not carry it, or with `in frame`
 * and three places.
 * @throws LatentcvError `bad-argument` where it names none
 */
async function frameOf(
  statement: DefinitionStatement,
  structure: Structure,
  points: NamedPoints,
): Promise<number | FrameCentres> {
  const { aligned, on, frame } = statement;
  if (frame && aligned === undefined) return threePlaces({ ...statement, words: frame }, structure, points);
  if (aligned === undefined || frame)
    throw refusal(
      statement,
      'expected "aligned FILE", or "in frame" and three places,',
      'a PDB or GRO file, or such as: in frame (centre host) (name O1) (name C4)',
    );
  if (on === undefined && statement.kind !== 'positions')
    throw refusal(statement, 'expected "on HOST" behind "aligned FILE"', 'the atoms that carry the frame');
  const host =
    on === undefined ? groupsOf(statement, structure, 1, 1)[0] : groupOfWord(statement, structure, 'on', on);
  return points.reference(await templateOf(aligned, host, structure));
}

/**
 * Places of a group, or of a centre, in a frame, or the direction of an axis in it.
 * @throws LatentcvError `bad-argument`
 */
export async function inFrame(
  statement: DefinitionStatement,
  structure: Structure,
  points: NamedPoints,
): Promise<Descriptor[]> {
  const frame = await frameOf(statement, structure, points);
  if (statement.kind === 'positions') {
    const [group] = placesOf(statement, structure, points, [1, 1]);
    return alignedPositions(Array.from(group, serial), frame);
  }
  const atoms = singlePlaces(statement, structure, points, 2) as [number, number];
  if (atoms[0] === atoms[1]) throw refusal(statement, 'expected two different places');
  const where = typeof frame === 'number' ? { reference: frame } : { frame };
  return (['x', 'y', 'z'] as const).map((axis) => ({ kind: `direction-${axis}`, atoms, ...where }));
}
