import { input, mul, reshape, showShape, slice, type Dim, type Tensor } from '../graph/index.js';
import { LatentcvError } from '../support/errors.js';
import { modelNames } from './model-file.js';
import type { Port } from './read.js';

/** The unit of length that a network of positions takes. */
export type LengthUnit = 'nm' | 'A';

/** A unit of the network in a nm. */
const perNanometre: Record<LengthUnit, number> = { nm: 1, A: 10 };

/** What stands for the inputs of a network of positions. */
export interface PositionInputs {
  /** Positions in nm atom by atom, and behind them the box vectors where the network takes them, `[n, 3·atoms (+ 9)]`. */
  x: Tensor;
  /** The network's inputs by their names, computed from x. */
  inputs: Record<string, Tensor>;
  positions: { atoms: number; box: boolean };
}

const wanted =
  'expected an input of positions, [n, 3·atoms] or [n, atoms, 3], and perhaps one of the box, [n, 3, 3] or [n, 9],';

/** Numbers of one frame in an input with a leading axis of frames; undefined where there is none. */
function widthOf({ shape, type }: Port): number | undefined {
  const [frames, ...own] = shape;
  const single = typeof frames === 'string' || frames === 1;
  if (!single || own.length === 0 || own.length > 2 || (type !== 'FLOAT' && type !== 'DOUBLE'))
    return undefined;
  return own.reduce<number | undefined>(
    (product, dim) => (product !== undefined && typeof dim === 'number' ? product * dim : undefined),
    1,
  );
}

const namesBox = ({ name }: Port): boolean => /box|cell|lattice/i.test(name);

/** The port of positions, and of the box. */
function sorted(ports: readonly Port[]): [Port, Port?] | undefined {
  const [first, second, ...more] = ports;
  if (!first || more.length > 0) return undefined;
  if (!second) return [first];
  const boxes = ports.filter((port) => widthOf(port) === 9);
  const box = boxes.length === 1 ? boxes[0] : boxes.find(namesBox);
  return box && [box === first ? second : first, box];
}

function withFrames(tensor: Tensor, { shape }: Port): Tensor {
  const [, ...own] = shape;
  return reshape(tensor, ['n', ...own] as Dim[]);
}

/**
 * The inputs of a network that takes positions (and the box) in a unit, from one input in nm.
 * @throws LatentcvError `bad-model` where the ports are no positions of single frames.
 */
export function positionInputs(ports: readonly Port[], unit: LengthUnit): PositionInputs {
  const [positions, box] = sorted(ports) ?? [];
  const width = positions && widthOf(positions);
  if (!positions || width === undefined || width % 3 !== 0 || (box && widthOf(box) !== 9)) {
    const found = ports.map(({ name, type, shape }) => `${name} ${type} ${showShape(shape)}`).join(', ');
    throw new LatentcvError(
      'bad-model',
      `${wanted} but the file has ${found || 'none'}`,
      'export the network with a leading axis of one frame, [1, atoms, 3]',
    );
  }
  const x = input(modelNames.input, ['n', width + (box ? 9 : 0)]);
  const part = (start: number, end: number): Tensor => {
    const numbers = box ? slice(x, 1, start, end) : x;
    return unit === 'nm' ? numbers : mul(numbers, perNanometre[unit]);
  };
  return {
    x,
    inputs: {
      [positions.name]: withFrames(part(0, width), positions),
      ...(box && { [box.name]: withFrames(part(width, width + 9), box) }),
    },
    positions: { atoms: width / 3, box: box !== undefined },
  };
}
