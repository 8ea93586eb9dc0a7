import { LatentcvError } from '../../../support/index.js';

/** GROMACS's run parameters, line by line. */
export interface Mdp {
  path: string;
  lines: readonly string[];
}

/** `ref-t`, `Ref_T` and `ref_t` are one. */
const keyOf = (word: string): string => word.trim().toLowerCase().replaceAll('-', '_');

const statement = /^\s*([\w-]+)\s*=\s*([^;]*?)\s*(?:;.*)?$/;

/** The value of a parameter, as it stands there; undefined where it does not. */
export function mdpValue({ lines }: Mdp, key: string): string | undefined {
  const found = lines.map((line) => statement.exec(line)).filter((match) => match !== null);
  const last = found.filter(([, name]) => keyOf(name) === keyOf(key)).at(-1);
  return last?.[2];
}

/** The same with other values; what is not there is added. */
export function withMdpValues(mdp: Mdp, values: Readonly<Record<string, string | number>>): string {
  const wanted = new Map(Object.entries(values).map(([key, value]) => [keyOf(key), value]));
  const kept = mdp.lines.filter((line) => {
    const [, name] = statement.exec(line) ?? [];
    return name === undefined || !wanted.has(keyOf(name));
  });
  const added = [...wanted].map(([key, value]) => `${key.padEnd(24)} = ${value}`);
  return [...kept, ...added, ''].join('\n');
}

/** What of a run's parameters a campaign changes. */
export interface MdpChanges {
  /** K */
  temperature: number;
  seed: number;
  /** ps */
  length: number;
  /** Steps between frames. */
  stride: number;
  /** Whether it is another temperature than that of production: without a barostat then. */
  hot: boolean;
}

/**
 * The parameters of a run at another temperature, with seeds and a length of its own.
 * @throws LatentcvError `bad-data` where they have no thermostat, or all runs would be one
 */
export function mdpOfRun(mdp: Mdp, { temperature, seed, length, stride, hot }: MdpChanges): string {
  const value = (key: string): string | undefined => mdpValue(mdp, key);
  const groups = (value('tc-grps') ?? 'System').split(/\s+/).filter((word) => word !== '').length;
  const generated = (value('gen-vel') ?? 'no').toLowerCase() === 'yes';
  const barostat = (value('pcoupl') ?? 'no').toLowerCase();
  return withMdpValues(mdp, {
    'ref-t': Array<number>(groups).fill(temperature).join(' '),
    ...(generated && { 'gen-temp': temperature, 'gen-seed': seed }),
    'ld-seed': seed,
    nsteps: Math.round(length / timestepOf(mdp)),
    'nstxout-compressed': stride,
    ...(hot && barostat !== 'no' && { pcoupl: 'no' }),
  });
}

/** ps */
export function timestepOf(mdp: Mdp): number {
  return Number(mdpValue(mdp, 'dt') ?? 0.001);
}

/**
 * @throws LatentcvError `bad-data` for parameters that a campaign cannot use
 */
export function expectUsable(mdp: Mdp): void {
  const value = (key: string): string => (mdpValue(mdp, key) ?? '').toLowerCase();
  const integrator = value('integrator') || 'md';
  const stochastic = integrator === 'sd' || integrator === 'bd';
  const thermostat = value('tcoupl') || 'no';
  const wrong = (expected: string, hint: string): LatentcvError =>
    new LatentcvError('bad-data', `${mdp.path}: ${expected}`, hint);
  if (!stochastic && !integrator.startsWith('md'))
    throw wrong(
      `expected a run of dynamics but received integrator = ${integrator}`,
      'integrator = sd, or md',
    );
  if (!stochastic && thermostat === 'no')
    throw wrong('expected a thermostat but found none', 'tcoupl = v-rescale, or integrator = sd');
  if (
    value('annealing')
      .split(/\s+/)
      .some((word) => word !== '' && word !== 'no')
  )
    throw wrong('expected one temperature throughout but received annealing', 'annealing = no');
  if (!stochastic && value('gen-vel') !== 'yes' && !/^(v-rescale|andersen)/.test(thermostat))
    throw wrong(
      `with ${thermostat} and without gen-vel = yes all replicas would be one`,
      'gen-vel = yes, tcoupl = v-rescale, or integrator = sd',
    );
}
