import { confinementText, type Confinement } from '../../sampling/index.js';
import { LatentcvError, digits } from '../../support/index.js';
import { quoteWord, wordForPath } from '../words.js';
import { wallStatements } from './wall-statements.js';
import type { NameTable } from '../names.js';
import type { InputUnits } from '../units.js';
import { along, hostFrame, type HostFrame, type WeightedCentre } from './host-frame.js';
import { expectInBox } from './in-box.js';
import type { ConfinementRequest } from './request.js';

/** The statements of a confinement. */
export interface ConfinementLines {
  confinement: Confinement;
  lines: string[];
  /** Labels of what bounds. */
  labels: string[];
  printed: string[];
  notes: string[];
}

/** The line of a comment that says what the statements below it are; `confinementOf` reads it. */
export const commentMark = '# latentcv confinement:';

interface Context {
  names: NameTable;
  units: InputUnits;
}

/**
 * Statements that keep a guest near its host. Distances are those of nearest images; the host's centres are made whole by PLUMED, so
 * that no position is changed for what stands behind them.
 * @throws LatentcvError `bad-argument` where the host's atoms do not tell the axis, or the periodic box is too small
 */
export function confinementLines(request: ConfinementRequest, context: Context): ConfinementLines {
  return request.shape.kind === 'sphere' ? sphereLines(request, context) : axialLines(request, context);
}

/** In units of the input. */
const lengthText = (value: number, { units }: Context): string => digits(value / units.length, 12);

const label = ({ names }: Context, name: string): string => names.label(undefined, name);

function centreLine(
  name: string,
  serials: readonly number[],
  { atoms, weights }: WeightedCentre | { atoms: readonly number[]; weights?: undefined },
): string {
  const list = atoms.map((i) => serials[i]).join(',');
  const isEqual = (w: number): boolean => Math.abs(w * atoms.length - 1) < 1e-9;
  const words =
    weights === undefined || weights.every(isEqual)
      ? ''
      : ` WEIGHTS=${weights.map((w) => digits(w, 12)).join(',')}`;
  return `${name}: CENTER ATOMS=${list}${words}`;
}

const allOf = ({ length }: { length: number }): { atoms: number[] } => ({
  atoms: Array.from({ length }, (_, i) => i),
});

function sphereLines({ shape, pose }: ConfinementRequest, context: Context): ConfinementLines {
  if (shape.kind !== 'sphere') throw new Error('not a sphere');
  expectInBox(shape, pose);
  const [host, guest, distance] = ['host', 'guest', 'distance'].map((name) => label(context, name));
  const confinement: Confinement = { ...shape, distance };
  const walls = wallStatements(confinement, context);
  return {
    confinement,
    lines: [
      `${commentMark} ${confinementText(confinement)}`,
      centreLine(host, pose.host.serials, allOf(pose.host.serials)),
      centreLine(guest, pose.guest.serials, allOf(pose.guest.serials)),
      `${distance}: DISTANCE ATOMS=${host},${guest}`,
      ...walls.lines,
    ],
    labels: walls.labels,
    printed: [distance, ...walls.labels.map((wall) => `${wall}.bias`)],
    notes: [],
  };
}

function axialLines(request: ConfinementRequest, context: Context): ConfinementLines {
  const { shape, pose, axis, reference } = request;
  if (shape.kind === 'sphere') throw new Error('not along an axis');
  if (!axis) throw new LatentcvError('bad-argument', `expected an axis for a ${shape.kind} but found none`);
  expectInBox(shape, pose);
  const made =
    reference === undefined || shape.kind !== 'funnel'
      ? byCentres(request, context)
      : byFunnelPs(request, reference, context);
  const confinement = { ...shape, ...made.columns };
  const walls = wallStatements(confinement, context);
  return {
    confinement,
    lines: [`${commentMark} ${confinementText(confinement)}`, ...made.lines, ...walls.lines],
    labels: walls.labels,
    printed: [...Object.values(made.columns), ...walls.labels.map((wall) => `${wall}.bias`)],
    notes: made.notes,
  };
}

interface Coordinates {
  columns: { distance: string; depth: string; radial: string };
  lines: string[];
  notes: string[];
}

function byCentres({ pose, axis }: ConfinementRequest, context: Context): Coordinates {
  const frame = hostFrame(pose.host.places, axis!.direction, axis!.through);
  const { serials } = pose.host;
  const [origin, guest] = ['host', 'guest'].map((name) => label(context, name));
  const { lines, components } = axisLines(frame, serials, context);
  const toGuest = label(context, 'host_guest');
  const [distance, depth, radial] = ['distance', 'depth', 'radial'].map((name) => label(context, name));
  const guestComponents = ['x', 'y', 'z'].map((k) => `${toGuest}.${k}`);
  const custom = `CUSTOM ARG=${[...components, ...guestComponents].join(',')} VAR=ax,ay,az,gx,gy,gz`;
  return {
    columns: { distance, depth, radial },
    lines: [
      centreLine(origin, serials, frame.origin),
      centreLine(guest, pose.guest.serials, allOf(pose.guest.serials)),
      ...lines,
      `${toGuest}: DISTANCE ATOMS=${origin},${guest} COMPONENTS`,
      `${distance}: DISTANCE ATOMS=${origin},${guest}`,
      `${depth}: ${custom} FUNC=(ax*gx+ay*gy+az*gz)/sqrt(ax*ax+ay*ay+az*az) PERIODIC=NO`,
      `${radial}: ${custom} FUNC=${radialFormula(context)} PERIODIC=NO`,
    ],
    notes:
      frame.turned > 0.01
        ? [
            `the host is flat or on a line: the axis is turned by ${digits((frame.turned * 180) / Math.PI, 2)} degrees to what its atoms tell`,
          ]
        : [],
  };
}

/** By the cross product, which never gets below 0; 1e-6 nm keep its derivative finite on the axis. */
function radialFormula({ units }: Context): string {
  const floor = digits((1e-6 / units.length) ** 2, 6);
  const squares = [
    ['y', 'z'],
    ['z', 'x'],
    ['x', 'y'],
  ].map(([i, j]) => `(a${i}*g${j}-a${j}*g${i})^2`);
  return `sqrt((${squares.join('+')})/(ax*ax+ay*ay+az*az)+${floor})`;
}

/** The axis, and its components as arguments: of a flat host those of a cross product. */
function axisLines(
  { lines }: HostFrame,
  serials: readonly number[],
  context: Context,
): { lines: string[]; components: string[] } {
  const single = lines.length === 1;
  const made = lines.map(([low, high], i) => {
    const ends = (single ? ['host_low', 'host_high'] : [`host_a${i + 1}`, `host_b${i + 1}`]).map((name) =>
      label(context, name),
    );
    const name = label(context, single ? 'host_axis' : `host_line${i + 1}`);
    return {
      name,
      lines: [
        ...[low, high].map((side, k) => centreLine(ends[k], serials, side)),
        `${name}: DISTANCE ATOMS=${ends.join(',')} COMPONENTS`,
      ],
    };
  });
  const written = made.flatMap((each) => each.lines);
  const axes = ['x', 'y', 'z'];
  if (single) return { lines: written, components: axes.map((k) => `${made[0].name}.${k}`) };
  const [a, b] = made.map(({ name }) => name);
  const normal = [
    ['y', 'z'],
    ['z', 'x'],
    ['x', 'y'],
  ].map(([i, j], k) => {
    const name = label(context, `host_axis_${axes[k]}`);
    const words = `ARG=${[a, a, b, b].map((line, n) => `${line}.${[i, j, i, j][n]}`).join(',')} VAR=ai,aj,bi,bj`;
    return { name, line: `${name}: CUSTOM ${words} FUNC=ai*bj-aj*bi PERIODIC=NO` };
  });
  return {
    lines: [...written, ...normal.map(({ line }) => line)],
    components: normal.map(({ name }) => name),
  };
}

function byFunnelPs({ pose, axis }: ConfinementRequest, reference: string, context: Context): Coordinates {
  const [guest, place, distance] = ['guest', 'funnel_ps', 'distance'].map((name) => label(context, name));
  const { direction, through } = axis!;
  const points = [through, along(through, direction, 1)].flat().map((x) => lengthText(x, context));
  const nearest = pose.host.places.map((x) => Math.hypot(...along(x, through, -1)));
  const anchor = pose.host.serials[nearest.indexOf(Math.min(...nearest))];
  const [depth, radial] = [`${place}.lp`, `${place}.ld`];
  return {
    columns: { distance, depth, radial },
    lines: [
      centreLine(guest, pose.guest.serials, allOf(pose.guest.serials)),
      `${place}: FUNNEL_PS LIGAND=${guest} REFERENCE=${wordForPath(reference, 'reference')} ANCHOR=${anchor} POINTS=${points.join(',')}`,
      `${distance}: CUSTOM ARG=${depth},${radial} VAR=along,across FUNC=sqrt(along^2+across^2+${digits((1e-6 / context.units.length) ** 2, 6)}) PERIODIC=NO`,
    ],
    notes: [
      `FUNNEL_PS lays the host on ${quoteWord(reference) ?? reference}: it must be where PLUMED runs. The side is a wall, as FUNNEL's grid has derivatives of the wrong sign`,
    ],
  };
}
