import { input, mul, showShape, substitute, type Tensor } from '../../graph/index.js';
import { LatentcvError } from '../../support/index.js';
import { modelNames } from '../model-file.js';
import { frameSize, type FrameGraph } from './read-frame.js';
import type { Port } from '../reading/index.js';

/** The unit of length that a network of positions takes. */
export type LengthUnit = 'nm' | 'A';

/** What `x` of a network of positions is: x, y, z of each atom in nm, and behind them the three box vectors. */
export interface Positions {
  atoms: number;
  box: boolean;
}

/** A unit of the network in a nm. */
const perNanometre: Record<LengthUnit, number> = { nm: 1, A: 10 };

const boxNumbers = 9;
const namesBox = ({ name }: Port): boolean => /box|cell|lattice/i.test(name);

/** Which input of a network of positions is the box: of nine numbers, by its name where both are. */
export function boxOf(ports: readonly Port[]): string | undefined {
  if (ports.length < 2) return undefined;
  const nine = ports.filter(
    (port) => port.shape.slice(1).every((dim) => typeof dim === 'number') && frameSize(port) === boxNumbers,
  );
  return (nine.length === 1 ? nine[0] : nine.find(namesBox))?.name;
}

/**
 * What a network of positions takes.
 * @throws LatentcvError `bad-model` where its inputs are no positions, and no box of three vectors.
 */
export function positionsOfPorts(ports: readonly Port[]): Positions {
  const box = boxOf(ports);
  const [positions, ...more] = ports.filter(({ name }) => name !== box);
  if (positions && more.length === 0 && frameSize(positions) % 3 === 0)
    return { atoms: frameSize(positions) / 3, box: box !== undefined };
  const found = ports.map(({ name, type, shape }) => `${name} ${type} ${showShape(shape)}`).join(', ');
  throw new LatentcvError(
    'bad-model',
    `expected an input of positions, [n, 3·atoms] or [n, atoms, 3], and perhaps one of the box vectors, [n, 3, 3] or [n, 9], but the file has ${found || 'none'}`,
  );
}

/** The same network, of nm. */
export function inNanometres<M extends FrameGraph & { x: Tensor }>(model: M, unit: LengthUnit): M {
  if (unit === 'nm') return model;
  const factor = perNanometre[unit];
  const x = input(modelNames.input, model.x.shape);
  const { cv } = substitute({ cv: model.cv }, new Map([[model.x, mul(x, factor)]]));
  const { ofTwo } = model;
  if (!ofTwo) return { ...model, x, cv };
  const scaled: typeof ofTwo = ([a, b]) => ofTwo([a.map((v) => v * factor), b.map((v) => v * factor)]);
  return { ...model, x, cv, ofTwo: scaled };
}
