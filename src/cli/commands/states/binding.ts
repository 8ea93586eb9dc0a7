import {
  columnsIn,
  confinementText,
  parseConfinement,
  parseStateRules,
  type Confinement,
  type StateRule,
} from '../../../sampling/index.js';
import type { StandardState, StatesOfRun } from '../../../states/index.js';
import { LatentcvError, digits, setting } from '../../../support/index.js';
import type { LoadedRun } from '../../frames/index.js';
import { Expected, reads, type Given } from '../../options/index.js';
import type { Terminal } from '../../terminal.js';

const group = 'Standard state';

function rule(text: string): StateRule {
  const [found, ...more] = parseStateRules(text, '--unbound');
  if (more.length === 0) return found;
  throw new Expected("one rule such as 'distance > 1.2'");
}

function confinement(text: string): Confinement {
  const found = parseConfinement(text);
  if (!('problem' in found)) return found;
  throw new Expected(`a confinement such as 'sphere distance=d radius=1.5 kappa=1000', but ${found.problem}`);
}

export const bindingSettings = {
  unbound: setting(reads(rule).optional(), {
    flag: 'unbound',
    value: 'rule',
    group,
    example: 'distance>1.2',
    description:
      'where the guest is unbound, by columns of its confinement: ΔG° of binding at 1 mol/l is told',
  }),
  confinement: setting(reads(confinement).optional(), {
    flag: 'confinement',
    value: 'text',
    group,
    example: "'sphere distance=d radius=1.5 kappa=1000'",
    description: 'what keeps the guest near its host, nm and kJ/mol',
    otherwise: "as the run's input tells, which latentcv plumed wrote",
  }),
};
type BindingOptions = Given<typeof bindingSettings>;

/** Columns that ΔG° needs beside those of the states. */
export const columnsOfBinding = ({ unbound }: BindingOptions): string[] =>
  unbound ? columnsIn(unbound.condition) : [];

/**
 * ΔG° of binding, where it is asked for.
 * @throws LatentcvError `bad-argument` where no confinement is known, or the run is in natural units
 */
export async function bindingOf(
  { run, question, natural, files }: LoadedRun,
  { unbound, confinement: given }: BindingOptions,
  { labels }: StatesOfRun,
  terminal: Pick<Terminal, 'note'>,
): Promise<StandardState | undefined> {
  const noted = files.flatMap(({ notes }) => notes?.confinement ?? []);
  if (!unbound) {
    if (given)
      throw new LatentcvError('bad-argument', 'expected --unbound with --confinement but found none');
    const [known] = noted;
    if (known?.clear !== undefined)
      terminal.note(
        `the guest is kept in a ${known.kind}: --unbound '${known.kind === 'sphere' ? known.distance : known.depth} > ${digits(known.clear / files[0].units.length, 4)}' gives ΔG° of binding`,
      );
    return undefined;
  }
  if (natural)
    throw new LatentcvError(
      'bad-argument',
      'expected a run in nm and kJ/mol for --unbound but it is in natural units',
      '1 mol/l means nothing there',
    );
  const { standardState } = await import('../../../states/index.js');
  const own = oneOf(noted, files.length);
  const taken = given ?? own;
  if (!taken) throw untold();
  return standardState(run, {
    confinement: taken,
    ...{ unbound, question, states: labels },
    lengthUnit: files[0].units.length,
  });
}

/**
 * The confinement that all runs tell; undefined where none does.
 * @throws LatentcvError `bad-argument` where they tell several, or some none: their frames are not of one ensemble
 */
function oneOf(noted: readonly Confinement[], files: number): Confinement | undefined {
  const texts = new Set(noted.map(confinementText));
  const hint = 'states of runs in other volumes have other weights: give those of one volume at a time';
  if (texts.size > 1)
    throw new LatentcvError(
      'bad-argument',
      `expected one confinement of all runs but found ${[...texts].join(' and ')}`,
      hint,
    );
  if (noted.length > 0 && noted.length < files)
    throw new LatentcvError(
      'bad-argument',
      `expected a confinement of all ${files} runs for --unbound but ${noted.length} have one`,
      hint,
    );
  return noted[0];
}

const untold = (): LatentcvError =>
  new LatentcvError(
    'bad-argument',
    'expected a confinement for --unbound but neither run.json nor the PLUMED input tells one',
    "--confinement 'sphere distance=d radius=1.5 kappa=1000' does; inputs of latentcv plumed --sphere, --cylinder, --funnel have a line that does, as long as their walls are what it says",
  );
