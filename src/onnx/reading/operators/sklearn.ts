import { add, constant, matmul, mul, sub } from '../../../graph/index.js';
import { shortest, type NodeReader, type ReadForms } from '../node-reader.js';

/** The operators of `ai.onnx.ml` that have derivatives: what scikit-learn's scalers and linear models become. */
export const sklearnForms: ReadForms = {
  // (x − offset)·scale, each one number or one for each feature
  Scaler: (node) => mul(sub(node.real(0), row(node, 'offset', 0)), row(node, 'scale', 1)),
  LinearRegressor: (node) => {
    if (node.text('post_transform', 'NONE') !== 'NONE') throw node.bad('transforms its result');
    const targets = node.int('targets', 1);
    const coefficients = node.floats('coefficients') ?? [];
    const product = matmul(
      node.real(0),
      constant(coefficients.map(shortest), [targets, coefficients.length / targets]),
      {
        transposeB: true,
      },
    );
    return add(product, row(node, 'intercepts', 0));
  },
};

function row(node: NodeReader, name: string, otherwise: number) {
  const values = node.floats(name) ?? [otherwise];
  return constant(values.map(shortest), [values.length]);
}
