import { basename, dirname, extname, join, resolve } from 'node:path';
import { z } from 'zod';
import type { ConfinedPose, ConfinementWish, Limit } from '../../../campaign/index.js';
import type { ConfinementRequest } from '../../../plumed/index.js';
import type { PlumedInstall } from '../../../programs/index.js';
import { LatentcvError, digits, setting, settingFacts } from '../../../support/index.js';
import { Expected, finiteNumber, reads, type Given } from '../../options/index.js';
import type { Terminal } from '../../terminal.js';

const group = 'Confinement';

/** `0,0,1` */
function direction(text: string): [number, number, number] {
  const found = text.split(',').map((word) => finiteNumber(word));
  if (found.length === 3 && found.every(Number.isFinite) && Math.hypot(...found) > 0)
    return found as [number, number, number];
  throw new Expected('a direction such as 0,0,1');
}

/** `-0.3..2.1` */
function range(text: string): [number, number] {
  const [, low, high] = /^(.+)\.\.(.+)$/.exec(text.trim()) ?? [];
  const found: [number, number] = [finiteNumber(low ?? ''), finiteNumber(high ?? '')];
  if (found[1] > found[0]) return found;
  throw new Expected('a range such as -0.3..2.1');
}

const shapes = ['sphere', 'cylinder', 'funnel'] as const;

export const confinementSettings = {
  sphere: setting(z.boolean().optional(), {
    flag: 'sphere',
    group,
    description: 'keep the guest within a sphere about the host',
  }),
  cylinder: setting(z.boolean().optional(), {
    flag: 'cylinder',
    group,
    description: 'keep it within a cylinder along an axis of the host',
  }),
  funnel: setting(z.boolean().optional(), {
    flag: 'funnel',
    group,
    description:
      'keep it within a cone over the pocket and a cylinder beyond; by FUNNEL_PS where PLUMED has it',
  }),
  pose: setting(z.string().optional(), {
    flag: 'pose',
    value: 'structure',
    group,
    description: 'host and guest, with the atoms of the run in their order: GRO, PDB, …',
  }),
  host: setting(z.string().optional(), {
    flag: 'host',
    value: 'selection',
    group,
    example: "'resname MGO'",
    description: 'the host: its heavy atoms are taken',
  }),
  guest: setting(z.string().optional(), {
    flag: 'guest',
    value: 'selection',
    group,
    example: "'resname CBU'",
    description: 'the guest',
  }),
  axis: setting(reads(direction).optional(), {
    flag: 'axis',
    value: 'x,y,z',
    group,
    example: '0,0,1',
    description: "in which the guest leaves, in the pose's frame",
    otherwise: "the host's axis or the pocket's opening, which is told",
  }),
  radius: setting(z.number().positive().optional(), {
    flag: 'radius',
    value: 'nm',
    group,
    description: 'of the sphere or the cylinder, nm',
    otherwise: 'by the pose, as all that follows',
  }),
  depth: setting(reads(range).optional(), {
    flag: 'depth',
    value: 'range',
    group,
    example: '-0.3..2.1',
    description: "cylinder, funnel: ends along the axis from the host's centre, nm",
  }),
  neck: setting(z.number().optional(), {
    flag: 'neck',
    value: 'nm',
    group,
    description: 'funnel: where along the axis the cone becomes the cylinder, nm',
  }),
  coneAngle: setting(z.number().positive().lt(90).optional(), {
    flag: 'cone-angle',
    value: 'degrees',
    group,
    description: 'funnel: between cone and axis',
    otherwise: '30 degrees',
  }),
  wallKappa: setting(z.number().positive().optional(), {
    flag: 'wall-kappa',
    value: 'constant',
    group,
    description: 'κ of its walls, κ(x − a)², kJ/mol/nm²',
    otherwise: '10 kT at 0.05 nm',
  }),
  twoSided: setting(z.boolean().optional(), {
    flag: 'two-sided',
    group,
    description: 'cylinder: let the guest leave at both ends',
  }),
};
type ConfinementOptions = Given<typeof confinementSettings> & {
  output?: string;
  temperature?: number;
  kT?: number;
};

const flag = (key: keyof typeof confinementSettings): string =>
  `--${settingFacts(confinementSettings[key]).flag}`;

/** A confinement as it is to be written, and the file that it reads. */
export interface ReadyConfinement extends ConfinedPose {
  reference?: { path: string; text: string };
}

/**
 * The confinement that options ask for; undefined where they ask for none.
 * @throws LatentcvError `bad-argument` where options are missing, or speak of none
 */
export async function readyConfinement(
  options: ConfinementOptions,
  plumed: PlumedInstall | undefined,
  terminal: Pick<Terminal, 'note' | 'warn'>,
): Promise<ReadyConfinement | undefined> {
  const kinds = shapes.filter((kind) => options[kind]);
  if (kinds.length === 0) return refuseRest(options);
  if (kinds.length > 1)
    throw new LatentcvError(
      'bad-argument',
      `expected one of ${shapes.map(flag).join(', ')} but received ${kinds.map(flag).join(' and ')}`,
    );
  const [kind] = kinds;
  const { confinePose } = await import('../../../campaign/index.js');
  const { readPose, readStructure } = await import('../../../trajectories/index.js');
  const structure = await readStructure(needed('pose', kind, options));
  const pose = readPose(structure, needed('host', kind, options), needed('guest', kind, options));
  const wish = await wishOf(kind, options);
  const confined = confinePose(pose, wish);
  for (const note of structure.notes) terminal.warn(note);
  for (const line of confinementLines(confined, options)) terminal.note(line);
  const reference =
    kind === 'funnel' ? await referenceOf(confined.request, options, plumed, terminal) : undefined;
  if (!reference) return confined;
  return { ...confined, reference, request: { ...confined.request, reference: basename(reference.path) } };
}

function refuseRest(options: ConfinementOptions): undefined {
  const keys = Object.keys(confinementSettings) as (keyof typeof confinementSettings)[];
  const odd = keys.find((key) => options[key] !== undefined && options[key] !== false);
  if (odd === undefined) return undefined;
  throw new LatentcvError(
    'bad-argument',
    `expected ${shapes.map(flag).join(', ')} with ${flag(odd)} but found none`,
  );
}

function needed(key: 'pose' | 'host' | 'guest', kind: string, options: ConfinementOptions): string {
  const value = options[key];
  if (value !== undefined) return value;
  throw new LatentcvError('bad-argument', `expected ${flag(key)} with --${kind} but found none`);
}

/** Volumes and springs go by kT, and are those of 300 K where no temperature is told. */
async function wishOf(kind: ConfinementWish['kind'], options: ConfinementOptions): Promise<ConfinementWish> {
  const { thermalEnergy } = await import('../../../sampling/index.js');
  if (options.kT !== undefined)
    throw new LatentcvError(
      'bad-argument',
      `expected a run in nm and kJ/mol for --${kind} but received --kt`,
      'in natural units write its walls by hand; 1 mol/l means nothing there',
    );
  const { axis, radius, depth, neck, coneAngle, wallKappa, twoSided } = options;
  return {
    kind,
    kT: thermalEnergy(options.temperature ?? 300),
    ...(axis && { axis }),
    ...(radius !== undefined && { radius }),
    ...(depth && { depth }),
    ...(neck !== undefined && { neck }),
    ...(coneAngle !== undefined && { angle: (coneAngle * Math.PI) / 180 }),
    ...(wallKappa !== undefined && { kappa: wallKappa }),
    ...(twoSided && { twoSided }),
  };
}

/** The host for FUNNEL_PS, beside the output, where this PLUMED has it. */
async function referenceOf(
  { pose }: ConfinementRequest,
  { output }: ConfinementOptions,
  plumed: PlumedInstall | undefined,
  terminal: Pick<Terminal, 'note'>,
): Promise<ReadyConfinement['reference']> {
  const { hasModule } = await import('../../../programs/index.js');
  const why =
    output === undefined
      ? 'the input goes to the screen, without a folder for the file that FUNNEL_PS reads'
      : !plumed
        ? 'which PLUMED will run it is not known'
        : (await hasModule(plumed, 'funnel'))
          ? undefined
          : 'this PLUMED has no module funnel';
  if (why !== undefined || output === undefined) {
    terminal.note(`note: depth and radius are those by centres of the host, not by FUNNEL_PS: ${why}`);
    return undefined;
  }
  const { formatReferencePdb } = await import('../../../plumed/index.js');
  const { serials, places } = pose.host;
  const name = `${basename(output, extname(output))}-host.pdb`;
  const text = formatReferencePdb({
    atoms: [...serials],
    weights: serials.map(() => 1),
    // PDB has a thousandth of an Å
    positions: places.map((x) => x.map((value) => Math.round(value * 1e4) / 1e4) as [number, number, number]),
  });
  return { path: join(dirname(resolve(output)), name), text };
}

/** What a confinement is, its limits as a table, and the volume that it leaves. */
function confinementLines(
  { request: { shape }, limits, axis, volume, clear, clearBack, unboundVolume, notes }: ConfinedPose,
  { pose, temperature }: ConfinementOptions,
): string[] {
  const vector = (x: readonly number[]): string => `(${x.map((value) => value.toFixed(3)).join(', ')})`;
  const about = axis
    ? `along ${vector(axis.direction)} through ${vector(axis.through)} nm of ${pose}: ${axis.reason}`
    : `about the host's centre`;
  const cone =
    shape.kind === 'funnel'
      ? [
          `  cone: opens by ${digits((shape.angle * 180) / Math.PI, 3)} degrees below depth ${digits(shape.neck, 3)}`,
        ]
      : [];
  const along = shape.kind === 'sphere' ? 'distance' : 'depth';
  return [
    `confinement: a ${shape.kind} ${about}`,
    ...table(limits),
    ...cone,
    `  walls: ${digits(shape.kappa, 4)} kJ/mol/nm² (x − a)²`,
    `  volume at ${temperature ?? 300} K, soft walls included: ${digits(volume, 4)} nm³, of it ${digits(unboundVolume, 4)} nm³ where the guest ` +
      `does not touch the host (${along} > ${digits(clear, 3)}${clearBack === undefined ? '' : ` or ${along} < ${digits(clearBack, 3)}`}); 1 mol/l is one in 1.6605 nm³`,
    ...notes.map((note) => `note: ${note}`),
  ];
}

function table(limits: readonly Limit[]): string[] {
  const row = (words: readonly string[]): string =>
    `  ${words[0].padEnd(9)}${words
      .slice(1)
      .map((word, i) => word.padStart(i === 3 ? 15 : 9))
      .join('')}`;
  const number = (value: number): string => value.toFixed(2);
  return [
    row(['nm', 'from', 'to', 'pose', 'host spans']),
    ...limits.map(({ coordinate, from, to, pose, host }) =>
      row([coordinate, number(from), number(to), number(pose), `${number(host[0])}..${number(host[1])}`]),
    ),
  ];
}
