import { mapValues, type Feeds, type NdArray, type Tensor } from '../graph/index.js';
import type { StepGraph } from '../onnx/index.js';
import { LatentcvError } from '../support/index.js';
import type { Stepper } from './runtime.js';
import { compute, fed, type TensorFlow, type TfTensor } from './tfjs-rules.js';

/** Runs steps one after the other; states and captured inputs stay in TensorFlow's memory. */
export class TfjsStepper implements Stepper {
  private captured = new Map<Tensor, TfTensor>();
  private states = new Map<string, TfTensor>();
  private readonly lengths = new Map<string, number>();

  constructor(
    private readonly tf: TensorFlow,
    private readonly step: StepGraph,
  ) {}

  setCaptured(feeds: Feeds): void {
    for (const tensor of this.step.captured) {
      const feed = feeds[tensor.name!];
      if (!feed) continue;
      this.captured.get(tensor)?.dispose();
      this.captured.set(tensor, this.tf.keep(fed(this.tf, tensor, feed)));
      tensor.shape.forEach((dim, i) => {
        if (typeof dim === 'string') this.lengths.set(dim, feed.shape[i]);
      });
    }
  }

  setState(feeds: Feeds): void {
    for (const [name, { current }] of Object.entries(this.step.state)) {
      const feed = feeds[name];
      if (!feed) continue;
      // copied: TensorFlow.js may keep the very array it is given
      const copy = { shape: feed.shape, data: Float32Array.from(feed.data) };
      this.replaceState(name, this.tf.keep(fed(this.tf, current, copy)));
    }
  }

  state(): Record<string, NdArray> {
    return mapValues(this.step.state, (_, name) => {
      const tensor = this.states.get(name)!;
      return { shape: [...tensor.shape], data: Float64Array.from(tensor.dataSync()) };
    });
  }

  runSteps(perStep: Feeds): Promise<Record<string, NdArray>> {
    this.checkComplete(perStep);
    const steps = perStep[this.step.perStep[0].name!].shape[0];
    const outputs = mapValues(this.step.outputs, ({ shape }) => ({
      shape: [steps, ...(shape as number[])],
      data: new Float64Array(steps * (shape as number[]).reduce((a, b) => a * b, 1)),
    }));
    const kept: Record<string, TfTensor>[] = [];
    for (let i = 0; i < steps; i++) kept.push(this.oneStep(perStep, i));
    kept.forEach((results, i) => {
      for (const [name, { data }] of Object.entries(outputs)) {
        data.set(Float64Array.from(results[name].dataSync()), (i * data.length) / steps);
        results[name].dispose();
      }
    });
    return Promise.resolve(outputs);
  }

  release(): Promise<void> {
    for (const tensor of [...this.captured.values(), ...this.states.values()]) tensor.dispose();
    this.captured = new Map();
    this.states = new Map();
    return Promise.resolve();
  }

  private oneStep(perStep: Feeds, i: number): Record<string, TfTensor> {
    const { tf, step } = this;
    const next = (name: string): string => `next ${name}`;
    const results = tf.tidy(() => {
      const values = new Map(this.captured);
      for (const [name, { current }] of Object.entries(step.state))
        values.set(current, this.states.get(name)!);
      for (const tensor of step.perStep) values.set(tensor, this.fedStep(tensor, perStep, i));
      const states = Object.entries(step.state).map(([name, state]) => [next(name), state.next] as const);
      return compute(tf, { ...step.outputs, ...Object.fromEntries(states) }, values, this.lengths);
    });
    const outputs = mapValues(step.outputs, (_, name) => tf.keep(results[name]));
    for (const name of Object.keys(step.state)) this.replaceState(name, tf.keep(results[next(name)]));
    return outputs;
  }

  private fedStep(tensor: Tensor, perStep: Feeds, i: number): TfTensor {
    const { shape, data } = perStep[tensor.name!];
    const count = data.length / shape[0];
    const values = (data as Float32Array).slice(i * count, (i + 1) * count);
    return fed(this.tf, tensor, { shape: shape.slice(1), data: values });
  }

  private replaceState(name: string, tensor: TfTensor): void {
    const before = this.states.get(name);
    this.states.set(name, tensor);
    if (before !== tensor) before?.dispose();
  }

  private checkComplete(perStep: Feeds): void {
    const missing =
      this.step.captured.find((tensor) => !this.captured.has(tensor))?.name ??
      this.step.perStep.find((tensor) => !perStep[tensor.name!])?.name ??
      Object.keys(this.step.state).find((name) => !this.states.has(name));
    if (missing !== undefined)
      throw new LatentcvError('bad-data', `expected values for ${missing} but received none`);
  }
}
