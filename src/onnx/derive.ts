import { jacobian, topological, type Tensor } from '../graph/index.js';
import { LatentcvError } from '../support/index.js';
import { numbersPerFrame } from './reading/index.js';

/** Expressions, and numbers for one frame, that all derivatives together may take. */
const mostExpressions = 2 ** 21;
const mostNumbers = 2 ** 26;

const numbersOf = (tensors: readonly Tensor[]): number =>
  tensors.reduce((sum, tensor) => sum + numbersPerFrame(tensor), 0);

/**
 * ∂cv/∂x `[n, k, d]` of an encoder of reasonable size.
 * @throws LatentcvError `bad-model` where one reverse pass for each of the k outputs would take too much.
 */
export function derive(cv: Tensor, x: Tensor): Tensor {
  const k = Number(cv.shape[1]);
  const forward = topological([cv]);
  const numbers = k * numbersOf(forward.filter(({ op }) => op !== 'constant'));
  if (forward.length * k > mostExpressions || numbers > mostNumbers) throw tooMuch(k, forward.length);
  const derivatives = jacobian(cv, x);
  if (numbersOf(topological([derivatives])) > mostNumbers) throw tooMuch(k, forward.length);
  return derivatives;
}

function tooMuch(outputs: number, operations: number): LatentcvError {
  return new LatentcvError(
    'bad-model',
    `expected an encoder but the derivatives of ${outputs} outputs of ${operations} operations take more than is reasonable`,
  );
}
