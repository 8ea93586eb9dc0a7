import { descriptorSet, formatDescriptor, type Descriptor } from '../../descriptors/index.js';
import type { SampledRun } from '../../free-energy/index.js';
import { expectObject } from '../../support/index.js';
import { wholeMolecules, type Structure } from '../../trajectories/index.js';
import type { ModeColumn } from '../mode-axes.js';
import type { StatesOfRun } from '../states-of-run.js';
import { largestFirst, tellApart } from '../tell-apart.js';
import type { StateTrajectories } from '../writing/index.js';
import { atomTerms, type AtomTerm } from './atom-terms.js';

/**
 * States with what tells them apart in atoms' names among their differences: contacts between molecules (part of the frames
 * in which two heavy atoms are within 0.45 nm), hydrogen bonds (part of the frames, by Luzar and Chandler's rule), and of a molecule
 * alone torsions. They are found from the frames that stand for states, and followed through at most 65,536 frames of the
 * trajectories.
 * @throws LatentcvError `bad-data` where frames cannot be read, `bad-argument`
 */
export async function differencesByAtoms(
  found: StatesOfRun,
  run: SampledRun,
  request: { structure: Structure; trajectories: StateTrajectories; atoms: Uint32Array },
): Promise<StatesOfRun> {
  expectObject(found, 'found', 'what statesOfRun gives');
  expectObject(run, 'run', 'a run, as readSampledRun gives it,');
  expectObject(request, 'request');
  const { structure, trajectories, atoms } = request;
  const frames = found.states.flatMap(({ representative, examples }) =>
    representative ? [representative, ...examples] : [],
  );
  const looked: Float64Array[] = [];
  for (const frame of frames)
    looked.push(wholeMolecules(structure, await trajectories.positions(frame), atoms).positions);
  if (looked.length < 2) return found;
  const terms = atomTerms(structure, atoms, looked);
  if (terms.length === 0) return found;
  const columns = await followed(terms, run, trajectories);
  const { states } = found.labels;
  const labels = Uint8Array.from(states, (label, frame) =>
    Number.isNaN(columns[0].values[frame]) ? 0 : label,
  );
  const differences = tellApart(columns, labels, found.states.length, run.sample, Infinity);
  return {
    ...found,
    states: found.states.map((state, i) => ({
      ...state,
      differences: [...state.differences, ...differences[i]].sort(largestFirst),
    })),
  };
}

/** The terms at a run's frames; NaN where the trajectories were not read. */
async function followed(
  terms: readonly AtomTerm[],
  run: SampledRun,
  trajectories: StateTrajectories,
): Promise<ModeColumn[]> {
  const numbers = new Map<string, number>();
  const items: Descriptor[] = [];
  const places = terms.map(({ descriptors }) =>
    descriptors.map((descriptor) => {
      const key = formatDescriptor(descriptor);
      if (!numbers.has(key)) numbers.set(key, items.push(descriptor) - 1);
      return numbers.get(key)!;
    }),
  );
  const columns = terms.map(({ label, period }) => ({
    label,
    period,
    values: new Float32Array(run.dataset.frames).fill(NaN),
  }));
  await trajectories.follow(run, descriptorSet(items), (frame, values) => {
    terms.forEach(({ value }, i) => {
      columns[i].values[frame] = value(places[i].map((place) => values[place]));
    });
  });
  return columns;
}
