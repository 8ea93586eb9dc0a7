import { join, resolve } from 'node:path';
import { biasedRun, loadModel } from '../../src/index.js';
import { answerOf, findTransitions, readSampledRun } from '../../src/public/free-energy.js';
import { parsePlumedInput, patchPlumedInput, plumedModel } from '../../src/public/plumed.js';
import type { Frames, Tools } from './frames.js';

/** What a biased run came to. */
export interface Outcome {
  /** Between the cores −2.8 < φ < −0.6 and 0.5 < φ < 1.7. */
  transitions: number;
  /** The same with the first core from −2.8 to −1.2 only: runs that stop at the barrier's foot do not count. */
  deepTransitions: number;
  /** ΔF(C7ax − C7eq) in kJ/mol; undefined where it is not determined. */
  deltaF?: { value: number; error: number };
}

/** OPES along the first CV of a model, or along torsions; 300 K. A finished run is read, an unfinished goes on. */
export async function sample(
  along: { model: string } | { torsions: readonly string[] },
  { system }: Frames,
  tools: Tools,
  folder: string,
): Promise<Outcome> {
  const { engine, temperature } = system.production;
  const { text, colvar } =
    'model' in along ? await learnedInput(along.model, system, tools) : torsionInput(along.torsions, system);
  await biasedRun({ engine, input: text, plumed: tools.plumed, folder });
  const run = await readSampledRun([join(folder, colvar)], {
    columns: [...system.against],
    question: system.question,
    temperature,
  });
  const { deltaFs, transitions } = answerOf(run, system.question, system.against[0])!;
  const { value, error } = deltaFs[0];
  const { cores, every } = system.question;
  const deep = { a: [-2.8, -1.2] as const, b: cores.sets[1] };
  const looks = { ranges: run.dataset.segments, every };
  return {
    transitions: transitions.all,
    deepTransitions: findTransitions(run.values('phi'), run.dataset.time, deep, looks).count,
    deltaF: value !== null && error !== null ? { value, error } : undefined,
  };
}

type System = Frames['system'];

async function learnedInput(model: string, system: System, { pluginPath }: Tools): Promise<Input> {
  const { input, barrier, pace, stride } = system.production;
  return patchPlumedInput(parsePlumedInput(input, 'plumed.dat'), {
    model: plumedModel(model, await loadModel(model)),
    modelPath: resolve(model),
    pluginPath,
    bias: { kind: 'opes', barrier, pace, sigma: 'adaptive', components: ['node-0'] },
    print: { stride, also: system.against, file: 'COLVAR_biased' },
  });
}

interface Input {
  text: string;
  colvar: string;
}

/** The same bias on φ (and ψ) themselves. */
function torsionInput(torsions: readonly string[], system: System): Input {
  const { input, barrier, pace, stride } = system.production;
  const text = [
    input,
    `opes: OPES_METAD ARG=${torsions.join(',')} PACE=${pace} BARRIER=${barrier}`,
    `PRINT ARG=${system.against.join(',')},opes.bias STRIDE=${stride} FILE=COLVAR_biased`,
    '',
  ].join('\n');
  return { text, colvar: 'COLVAR_biased' };
}
