import {
  differenceTolerance,
  oldestWithJacobian,
  type Differentiated,
  type ForeignModel,
} from '../../../onnx/foreign/index.js';
import type { ModelInput } from '../../../onnx/index.js';
import { quoteWord } from '../../../plumed/index.js';
import { shortList, exponential } from '../../../support/index.js';
import type { Terminal } from '../../terminal.js';
import type { Operators } from './save.js';

/** What was read and written, and what speaks against using it, for people and for scripts. */
export function tellDifferentiated(
  output: string,
  foreign: ForeignModel,
  made: Differentiated,
  { operators, fromFrames }: { operators: Operators; fromFrames: boolean },
  terminal: Terminal,
): void {
  tellModel(output, foreign, made, fromFrames, terminal);
  tellUnknownRanges(made, terminal);
  tellWritten(operators, foreign, terminal);
  tellJson(output, foreign, made, operators, terminal);
}

function tellModel(
  output: string,
  foreign: ForeignModel,
  { model, gradientError, flat }: Differentiated,
  fromFrames: boolean,
  terminal: Terminal,
): void {
  const { inputs, outputs, descriptors } = model.metadata;
  const { producer, opset, names } = foreign;
  terminal.print(
    `read ${names.input} → ${names.output}, written by ${producer || 'unknown'}, opset ${opset}`,
  );
  terminal.print(`inputs: ${inputsInWords(foreign, inputs)}`);
  terminal.print(`CVs: ${outputs.map(({ name }) => name).join(', ')}`);
  terminal.print(`derivatives agree with central differences to ${exponential(gradientError, 1)}`);
  if (gradientError > differenceTolerance)
    terminal.warn(
      'derivatives differ from central differences: the network has a kink there, or is very steep',
    );
  if (!fromFrames)
    terminal.warn(
      `ranges of the CVs are those of random inputs: name frames with ${foreign.positions ? '--frames and --structure' : '--frames'} for grids and walls`,
    );
  for (const name of flat)
    terminal.warn(`${name} has no derivative at any check vector: a bias on it gives no force`);
  terminal.print(`wrote ${output}`);
  const source = descriptors
    ? `ATOMS=${descriptors.atoms.join(',')}`
    : `ARG=${inputs.map(({ label }) => label).join(',')}`;
  terminal.print(
    `in a PLUMED input, after LOAD: cv: ONNX_MODEL FILE=${quoteWord(output) ?? output} ${source}`,
  );
}

function inputsInWords({ positions }: ForeignModel, inputs: readonly ModelInput[]): string {
  if (!positions) return inputs.map(({ label }) => label).join(', ');
  return `positions of ${positions.atoms} atoms, made whole in the order of ATOMS${positions.box ? ', and the box' : ''}`;
}

function tellUnknownRanges({ model }: Differentiated, terminal: Terminal): void {
  const unknown = model.metadata.inputs.filter(({ min }) => min === undefined);
  if (unknown.length === 0) return;
  const labels = shortList(
    unknown.map(({ label }) => label),
    6,
  );
  terminal.note(`the file has no ranges of inputs, for OUTSIDE, as those of ${labels} are not known`);
}

function tellWritten(written: Operators, { opset }: ForeignModel, terminal: Terminal): void {
  if (written === 'kept') terminal.print('its own operators are kept, which ONNX_MODEL evaluates itself');
  if (written === 'rewritten in double')
    terminal.note('written in double: in single precision it does not reproduce its check vectors');
  if (written === 'unknown')
    terminal.warn(
      'the operators were rewritten: without the native addon it is not known whether the plugin evaluates them itself (latentcv doctor says how to build it)',
    );
  if (written === 'kept' && opset < oldestWithJacobian)
    terminal.note(
      `operator set ${opset}: no output jacobian, which only EVALUATOR=onnxruntime and DEVICE=cuda need; export with operator set ${oldestWithJacobian} or later for them`,
    );
}

function tellJson(
  output: string,
  { producer, opset, names }: ForeignModel,
  { model, gradientError }: Differentiated,
  operators: Operators,
  terminal: Terminal,
): void {
  const { inputs, outputs } = model.metadata;
  terminal.json({ output, producer, opset, names, operators, inputs, outputs, gradientError });
}
