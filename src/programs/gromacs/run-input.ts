import { LatentcvError, findInOutput, expectObject, expectText } from '../../support/index.js';
import type { GromacsInstall } from './find-gromacs.js';

/** What a GROMACS run input says of its run. */
export interface RunInput {
  /** MD steps; -1 where it has no end. */
  steps: number;
  /** ps. */
  timestep: number;
  /** K; undefined where nothing holds one temperature: no thermostat, groups that differ, annealing. */
  temperature?: number;
  /** Of the thermostat's or integrator's random numbers. */
  seed?: number;
}

const setting = (text: string, name: string): string | undefined =>
  new RegExp(`^\\s*(?:${name})\\s*[=:]\\s*(.*?)\\s*$`, 'm').exec(text)?.[1];

/** Undefined until all of the settings, which stand before the atoms, have come. */
function parse(text: string): RunInput | undefined {
  const [steps, timestep] = [setting(text, 'nsteps'), setting(text, 'dt|delta-t')];
  const whole = /^\s*annealing(-npoints)?:.*\n|^topology:/m.test(text);
  if (steps === undefined || timestep === undefined || !whole) return undefined;
  const [temperature, seed] = [heldTemperature(text), Number(setting(text, 'ld-seed') ?? -1)];
  return {
    steps: Number(steps),
    timestep: Number(timestep),
    temperature,
    seed: seed >= 0 ? seed : undefined,
  };
}

function heldTemperature(text: string): number | undefined {
  const stochastic = /^(sd|bd)/.test(setting(text, 'integrator') ?? '');
  const coupled = !/^no$/i.test(setting(text, 'tcoupl') ?? 'no');
  const annealed = (setting(text, 'annealing') ?? '')
    .split(/\s+/)
    .some((kind) => kind !== '' && !/^no$/i.test(kind));
  const [first, ...more] = (setting(text, 'ref-t') ?? '').split(/\s+/).map(Number);
  if (!(stochastic || coupled) || annealed || !(first > 0)) return undefined;
  return more.every((value) => value === first) ? first : undefined;
}

/**
 * Reads the settings of a `.tpr` with `gmx dump`.
 * @throws LatentcvError `other-kind`, `missing-tool`; `bad-argument` where an argument is of another kind
 */
export async function readRunInput(gromacs: GromacsInstall, tpr: string): Promise<RunInput> {
  expectObject(gromacs, 'gromacs', 'what findGromacs gives');
  expectText(gromacs.executable, 'gromacs.executable');
  expectText(tpr, 'tpr');
  const { executable } = gromacs;
  // what follows the settings is every atom of the system
  const found = await findInOutput(executable, ['-quiet', 'dump', '-s', tpr], parse);
  if (found) return found;
  throw new LatentcvError('other-kind', `expected a GROMACS run input at ${tpr} but gmx dump cannot read it`);
}
