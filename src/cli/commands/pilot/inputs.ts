import { basename, extname, join, resolve } from 'node:path';
import type { PatchedInput, PlumedModel } from '../../../plumed/index.js';
import { LatentcvError } from '../../../support/index.js';
import { expandFiles } from '../../frames/index.js';
import type { Terminal } from '../../terminal.js';
import { biasRequest, readyInput, type OptionsWithModel, type ReadyInput } from '../plumed/index.js';
import type { PilotOptions } from './settings.js';

/** A pilot as it is to run. */
export interface PilotInput {
  /** By which the table calls it: the model's file without its ending. */
  name: string;
  model: string;
  /** Of its CVs in every pilot: `cv1`, `cv2`, … */
  label: string;
  folder: string;
  outputs: readonly string[];
  patched: PatchedInput;
}

/** Where every pilot prints, whatever its input prints. */
const table = 'COLVAR_pilot';

/** The inputs of pilots along each model, in which all models are printed. */
export async function pilotInputs(
  names: readonly string[],
  options: PilotOptions,
  terminal: Terminal,
): Promise<PilotInput[]> {
  const { patchPlumedInput } = await import('../../../plumed/index.js');
  const paths = await expandFiles(names);
  const called = namesOf(paths);
  const ready: ReadyInput[] = [];
  for (const path of paths)
    ready.push(await readyInput(options.plumed, optionsOf(path, options), undefined, terminal));
  const label = (i: number): string => `cv${i + 1}`;
  const inputs = ready.map(({ input, given }, i) => {
    const beside = ready.flatMap((other, j) =>
      i === j ? [] : [{ ...looked(other), modelPath: other.given.modelPath, label: label(j) }],
    );
    const bias = biasRequest(optionsOf(paths[i], options));
    const patched = patchPlumedInput(input, {
      ...given,
      ...{ bias, beside, labels: { model: label(i) }, outside: true },
    });
    return {
      ...{ name: called[i], model: paths[i], label: label(i), outputs: given.model.outputs, patched },
      folder: join(resolve(options.folder), called[i]),
    };
  });
  await Promise.all(ready.map(({ expectActions }, i) => expectActions(inputs[i].patched)));
  return inputs;
}

/** A model that judges; the spread of an ensemble does not. */
function looked({ given: { model } }: ReadyInput): { model: PlumedModel } {
  return { model: { ...model, uncertainty: false } };
}

function optionsOf(model: string, options: PilotOptions): OptionsWithModel {
  return { ...options, model, colvar: table };
}

/**
 * @throws LatentcvError `bad-argument` where two models would have one folder
 */
function namesOf(paths: readonly string[]): string[] {
  const names = paths.map((path) => basename(path, extname(path)));
  const twice = names.findIndex((name, i) => names.indexOf(name) !== i);
  if (twice < 0) return names;
  throw new LatentcvError(
    'bad-argument',
    `expected models of different names, by which their folders are called, but received ${paths[names.indexOf(names[twice])]} and ${paths[twice]}`,
  );
}
