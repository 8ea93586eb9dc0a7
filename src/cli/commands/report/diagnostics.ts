import type { Diagnostics } from '../../../diagnostics/index.js';
import { loadModel, type ModelMetadata } from '../../../onnx/index.js';
import type { ExplainedStructure } from '../../../report/index.js';
import { LatentcvError } from '../../../support/index.js';
import { expandFiles, modelTrajectories } from '../../frames/index.js';
import type { TrajectoryOptions } from '../../options/trajectories/index.js';
import type { Terminal } from '../../terminal.js';
import type { ReportCommandOptions } from './settings.js';

/** What frames say of a model's CVs, and a structure that its atoms are shown on, where there is one. */
export interface DiagnosedModel {
  diagnostics: Diagnostics;
  explainedOn?: ExplainedStructure;
}

/** What the model's training frames say of its CVs, where --training names them. */
export async function diagnosticsOf(
  options: Omit<ReportCommandOptions, 'cv' | 'campaign'>,
  terminal: Terminal,
): Promise<DiagnosedModel | undefined> {
  const { model, training, parts, structure, format, renumber } = options;
  if (training === undefined) {
    if (structure ?? format ?? renumber) throw withoutTraining();
    return undefined;
  }
  if (model === undefined)
    throw new LatentcvError(
      'bad-argument',
      'expected --model with --training: whose CVs are to be diagnosed',
    );
  const { diagnoseModel } = await import('../../diagnose.js');
  const files = await expandFiles(training);
  const trajectories = await modelTrajectories(files, { ...trajectoryOptions(options), parts }, terminal);
  const loaded = await loadModel(model);
  const diagnostics = await diagnoseModel(model, loaded, {
    files,
    trajectories,
    reading: { parts, onWarning: (line) => terminal.warn(line) },
  });
  const explainedOn =
    trajectories &&
    (await structureOf(trajectories.structure ?? files[0], loaded.metadata, diagnostics, renumber));
  return { diagnostics, ...(explainedOn && { explainedOn }) };
}

/** A molecule is shown where an atom of it has this part of the largest share; of more atoms there is no picture. */
const leastShown = 0.02;
const mostAtoms = 5000;

/** The molecules of the structure whose atoms move the first CV; undefined where it tells no names or positions. */
async function structureOf(
  path: string,
  metadata: ModelMetadata | undefined,
  { atoms = [] }: Diagnostics,
  renumber: boolean | undefined,
): Promise<ExplainedStructure | undefined> {
  const { moleculesOf, readStructure, renumbered } = await import('../../../trajectories/index.js');
  const { structureToShow } = await import('../../../states/index.js');
  if (atoms.length === 0 || !metadata?.descriptors) return undefined;
  const structure = await readStructure(path);
  if (!structure.hasPositions || structure.elements.every((element) => element === '')) return undefined;
  const set = metadata.descriptors;
  const there = renumber ? renumbered(set, structure).set.atoms : set.atoms;
  const serialIn = new Map(there.map((serial, i) => [serial - 1, set.atoms[i]]));
  const largest = atoms.map(({ serial, share }) => [serial, Math.max(...share[0])] as const);
  const most = Math.max(...largest.map(([, part]) => part));
  const moving = new Set(largest.flatMap(([serial, part]) => (part >= leastShown * most ? [serial] : [])));
  const shown = moleculesOf(
    structure,
    structure.indices(() => true),
  )
    .filter((molecule) => molecule.some(({ atom }) => moving.has(serialIn.get(atom) ?? 0)))
    .flatMap((molecule) => molecule.map(({ atom }) => atom))
    .sort((a, b) => a - b);
  if (shown.length === 0 || shown.length > mostAtoms) return undefined;
  return {
    structure: structureToShow('the model’s molecules', structure, Uint32Array.from(shown)),
    serials: shown.map((atom) => serialIn.get(atom) ?? 0),
  };
}

/** --begin and --end are of the biased run. */
function trajectoryOptions({
  structure,
  format,
  timestep,
  perNanometre,
  salvage,
  renumber,
}: Omit<ReportCommandOptions, 'cv' | 'campaign'>): TrajectoryOptions {
  return {
    structure,
    format,
    timestep,
    perNanometre,
    salvage: salvage ? salvage : undefined,
    renumber: renumber ? renumber : undefined,
  };
}

function withoutTraining(): LatentcvError {
  return new LatentcvError(
    'bad-argument',
    'expected --training with --structure, --format or --renumber: which trajectories they are of',
  );
}
