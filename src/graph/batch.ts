import { expectTensor } from './make-tensor.js';
import { LatentcvError } from '../support/index.js';
import { batchRules, type BatchRule, type BatchInput } from './batch-rules.js';
import { broadcastTo } from './ops.js';
import type { Op, Tensor } from './tensor.js';
import { topological } from './traverse.js';

/**
 * An expression of one frame for many: where `frame` stood, whose frames are `x` with one more axis in front, and the
 * result has that axis in front.
 * @throws LatentcvError `bad-graph` where a place to take or put is computed of a frame by what cannot do that for many.
 */
export function overFrames(y: Tensor, frame: Tensor, x: Tensor): Tensor {
  for (const tensor of [y, frame, x]) expectTensor(tensor, 'overFrames');
  const [frames] = x.shape;
  const parts = new Map<Tensor, BatchInput>([[frame, { x, framed: true }]]);
  for (const tensor of topological([y])) {
    if (parts.has(tensor)) continue;
    const inputs = tensor.inputs.map((input) => parts.get(input)!);
    if (!inputs.some(({ framed }) => framed)) {
      parts.set(tensor, { x: tensor, framed: false });
      continue;
    }
    const many = (batchRules[tensor.op] as BatchRule<Op>)(inputs, tensor, frames);
    if (!many) throw new LatentcvError('bad-graph', `${tensor.op} cannot be done to many frames at once`);
    parts.set(tensor, { x: many, framed: true });
  }
  const { x: result, framed } = parts.get(y)!;
  return framed ? result : broadcastTo(result, [frames, ...result.shape]);
}
