import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { invalidArgument } from '../../support/index.js';

/**
 * Positions `[atoms, 3]` moved and turned so that some of the atoms lie on a reference as well as they can: the least sum of
 * squared distances, by the quaternion of Horn 1987 (doi:10.1364/JOSAA.4.000629). A mirror image is never taken.
 * @param atoms which are laid on those of the reference, three or more
 * @throws LatentcvError `bad-argument` for another number of positions
 */
export function superpose(
  positions: Float64Array,
  reference: Float64Array,
  atoms: Uint32Array,
): Float64Array {
  if (reference.length !== positions.length)
    throw invalidArgument(`${positions.length} coordinates`, 'reference', reference.length);
  const [own, other] = [centre(positions, atoms), centre(reference, atoms)];
  const s = new Float64Array(9);
  for (const atom of atoms)
    for (let i = 0; i < 3; i++)
      for (let j = 0; j < 3; j++)
        s[3 * i + j] += (positions[3 * atom + i] - own[i]) * (reference[3 * atom + j] - other[j]);
  const turn = rotation(s);
  const moved = new Float64Array(positions.length);
  for (let at = 0; at < positions.length; at += 3)
    for (let i = 0; i < 3; i++) {
      let sum = other[i];
      for (let j = 0; j < 3; j++) sum += turn[i][j] * (positions[at + j] - own[j]);
      moved[at + i] = sum;
    }
  return moved;
}

function centre(positions: Float64Array, atoms: Uint32Array): number[] {
  const sums = [0, 0, 0];
  for (const atom of atoms) for (let axis = 0; axis < 3; axis++) sums[axis] += positions[3 * atom + axis];
  return sums.map((sum) => sum / Math.max(1, atoms.length));
}

/** The rotation whose quaternion is the eigenvector of Horn's matrix with the largest eigenvalue. */
function rotation([xx, xy, xz, yx, yy, yz, zx, zy, zz]: Float64Array): number[][] {
  const horn = new Matrix([
    [xx + yy + zz, yz - zy, zx - xz, xy - yx],
    [yz - zy, xx - yy - zz, xy + yx, zx + xz],
    [zx - xz, xy + yx, yy - xx - zz, yz + zy],
    [xy - yx, zx + xz, yz + zy, zz - xx - yy],
  ]);
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(horn, { assumeSymmetric: true });
  const largest = realEigenvalues.indexOf(Math.max(...realEigenvalues));
  const [w, x, y, z] = eigenvectorMatrix.getColumn(largest);
  return [
    [w * w + x * x - y * y - z * z, 2 * (x * y - w * z), 2 * (x * z + w * y)],
    [2 * (x * y + w * z), w * w - x * x + y * y - z * z, 2 * (y * z - w * x)],
    [2 * (x * z - w * y), 2 * (y * z + w * x), w * w - x * x - y * y + z * z],
  ];
}
