import { jacobian, topological, type Tensor } from '../graph/index.js';
import { LatentcvError } from '../support/errors.js';
import { numbersPerFrame } from './budget.js';

/** Expressions, and numbers for one frame, that all derivatives together may take. */
const mostExpressions = 2 ** 21;
const mostNumbers = 2 ** 26;

/**
 * ∂cv/∂x `[n, k, d]` of an encoder of reasonable size.
 * @throws LatentcvError `bad-model` where one reverse pass for each of the k outputs would take too much.
 */
export function derive(cv: Tensor, x: Tensor): Tensor {
  const k = Number(cv.shape[1]);
  const forward = topological([cv]).length;
  if (forward * k > mostExpressions) throw tooMuch(k, forward);
  const derivatives = jacobian(cv, x);
  const numbers = topological([derivatives]).reduce((sum, tensor) => sum + numbersPerFrame(tensor), 0);
  if (numbers > mostNumbers) throw tooMuch(k, forward);
  return derivatives;
}

function tooMuch(outputs: number, operations: number): LatentcvError {
  return new LatentcvError(
    'bad-model',
    `expected an encoder but the derivatives of ${outputs} outputs of ${operations} operations take more than is reasonable`,
  );
}
