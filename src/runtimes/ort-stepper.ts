import type ort from 'onnxruntime-node';
import { LatentcvError } from '../support/index.js';
import { mapValues, showShape, type Feed, type Feeds, type NdArray, type Tensor } from '../graph/index.js';
import { nextName, type Precision, type StepGraph } from '../onnx/index.js';
import type { Stepper } from './runtime.js';
import { emptyOrt, fromOrt, ndArray, ortTensor, runSession } from './ort-values.js';

type OrtTensors = Record<string, ort.Tensor>;

/**
 * Runs the Loop model. Each state has two buffers that take turns as input and output: an output bound to
 * its own input's memory trains wrongly without a word.
 */
export class OrtStepper implements Stepper {
  private readonly captured: OrtTensors = {};
  private current: OrtTensors = {};
  private spare: OrtTensors = {};

  constructor(
    private readonly session: ort.InferenceSession,
    private readonly step: StepGraph,
    private readonly precision: Precision,
  ) {}

  setCaptured(feeds: Feeds): void {
    for (const tensor of this.step.captured) {
      const feed = feeds[tensor.name!];
      if (feed) this.captured[tensor.name!] = this.tensor(tensor.name!, tensor, feed);
    }
  }

  setState(feeds: Feeds): void {
    for (const [name, { current }] of Object.entries(this.step.state)) {
      const feed = feeds[name];
      if (!feed) continue;
      // Copied: the buffer is written to two calls later.
      this.current[name] = this.tensor(name, current, {
        shape: feed.shape,
        data: Float64Array.from(feed.data),
      });
      this.spare[name] = emptyOrt(current.kind, feed.shape, this.precision);
    }
  }

  state(): Record<string, NdArray> {
    return mapValues(this.current, ndArray);
  }

  async runSteps(perStep: Feeds): Promise<Record<string, NdArray>> {
    const feeds = { ...this.captured, ...this.perStepTensors(perStep), ...this.current };
    this.checkComplete(feeds);
    const into = Object.fromEntries(
      Object.entries(this.spare).map(([name, tensor]) => [nextName(name), tensor]),
    );
    const results = mapValues(this.step.outputs, () => null);
    const fetched = await runSession(this.session, feeds, { ...into, ...results });
    [this.current, this.spare] = [this.spare, this.current];
    return fromOrt(mapValues(this.step.outputs, (_, name) => fetched[name]));
  }

  async release(): Promise<void> {
    await this.session.release();
  }

  private perStepTensors(feeds: Feeds): OrtTensors {
    const present = this.step.perStep.filter((tensor) => feeds[tensor.name!]);
    const steps = feeds[present[0]?.name ?? '']?.shape[0] ?? 0;
    const entries = present.map((tensor) => {
      const name = tensor.name!;
      return [
        name,
        this.tensor(name, { kind: tensor.kind, shape: [steps, ...tensor.shape] }, feeds[name]),
      ] as const;
    });
    return Object.fromEntries(entries);
  }

  private tensor(name: string, { kind, shape }: Pick<Tensor, 'kind' | 'shape'>, feed: Feed): ort.Tensor {
    const fits =
      shape.length === feed.shape.length &&
      shape.every((dim, i) => typeof dim === 'string' || dim === feed.shape[i]);
    if (!fits || feed.shape.reduce((a, b) => a * b, 1) !== feed.data.length) {
      const got = `${showShape(feed.shape)} with ${feed.data.length} values`;
      throw new LatentcvError(
        'bad-data',
        `expected shape ${showShape(shape)} for ${name} but received ${got}`,
      );
    }
    return ortTensor(feed, kind, this.precision);
  }

  private checkComplete(feeds: OrtTensors): void {
    const names = [...this.step.captured, ...this.step.perStep].map((tensor) => tensor.name!);
    const missing = [...names, ...Object.keys(this.step.state)].find((name) => !feeds[name]);
    if (missing !== undefined)
      throw new LatentcvError('bad-data', `expected values for ${missing} but received none`);
  }
}
