import { gradient, input, mul, reduceSum, type Feeds, type Tensor } from '../../src/graph/index.js';
import { buildCase, type OpCase } from '../graph/op-cases.js';
import { generator, randomFeed } from '../graph/numbers.js';

/** The op's value and its gradients, weighed differently for each element. */
export function outputsOf(opCase: OpCase): {
  inputs: Tensor[];
  outputs: Record<string, Tensor>;
  feeds: Feeds;
} {
  const { inputs, result } = buildCase(opCase);
  const weights = input('weights', result.shape);
  const gradients = gradient(reduceSum(mul(result, weights)), inputs);
  const named = gradients.map((tensor, i) => [`gradient_${inputs[i].name}`, tensor] as const);
  const random = generator(5);
  const feeds = Object.fromEntries([
    ...opCase.operands.map(({ name, shape, range }) => [name, randomFeed(random, shape, range)] as const),
    ['weights', randomFeed(random, result.shape)],
  ]);
  return { inputs: [...inputs, weights], outputs: { result, ...Object.fromEntries(named) }, feeds };
}
