import { add, div, matmul, mul, reshape, sqrt, sub, type Tensor } from '../../../graph/index.js';
import { readEinsum } from './einsum.js';
import { shortest, type NodeReader, type ReadForms } from '../node-reader.js';

/** Products with weights, and normalisation by statistics of the training. */
export const linearForms: ReadForms = {
  MatMul: (node) => product(node.tensor(0), node.tensor(1)),
  Gemm: (node) => {
    const flags = { transposeA: node.int('transA', 0) !== 0, transposeB: node.int('transB', 0) !== 0 };
    const result = scaled(matmul(node.tensor(0), node.tensor(1), flags), node.float('alpha', 1));
    return node.optional(2) ? add(result, scaled(node.tensor(2), node.float('beta', 1))) : result;
  },
  Einsum: readEinsum,
  BatchNormalization: readBatchNormalization,
};

/** numpy's matmul, a vector being a row on the left and a column on the right. */
function product(a: Tensor, b: Tensor): Tensor {
  if (a.shape.length === 1) {
    const row = product(reshape(a, [1, a.shape[0]]), b);
    return reshape(row, [...row.shape.slice(0, -2), ...row.shape.slice(-1)]);
  }
  if (b.shape.length === 1) {
    const column = product(a, reshape(b, [b.shape[0], 1]));
    return reshape(column, column.shape.slice(0, -1));
  }
  return matmul(a, b);
}

function scaled(x: Tensor, factor: number): Tensor {
  return factor === 1 ? x : mul(x, shortest(factor));
}

/** scale·(x − mean)/√(variance + ε) + bias, over axis 1. */
function readBatchNormalization(node: NodeReader): Tensor {
  const [x, ...statistics] = node.tensors();
  if (node.int('training_mode', 0) !== 0) throw node.bad('is in training mode');
  const along = [...statistics.map((part) => alongAxis1(part, x))];
  const [scale, bias, mean, variance] = along;
  const factor = div(scale, sqrt(add(variance, shortest(node.float('epsilon', 1e-5)))));
  const [slope, shift] = [factor, sub(bias, mul(mean, factor))].map((part) => node.simplest(part));
  return add(mul(x, slope), shift);
}

function alongAxis1(part: Tensor, x: Tensor): Tensor {
  return reshape(part, [part.shape[0], ...x.shape.slice(2).map(() => 1)]);
}
