import {
  halfBox,
  hostFrame,
  reachOf,
  type ConfinementRequest,
  type ConfinementShape,
  type Vector,
} from '../../plumed/index.js';
import { confinedVolume, radiusAt, type Confinement } from '../../sampling/index.js';
import { LatentcvError, digits, invalidArgument } from '../../support/index.js';
import { closedBehind, proposedAxis, type AxisProposal, type Pose } from '../../trajectories/index.js';

/** What is asked of a confinement; what is left out follows from the pose. */
export interface ConfinementWish {
  kind: Confinement['kind'];
  /** Direction in the pose, along which the guest leaves; through the guest's centre where it is given. */
  axis?: Vector;
  /** nm; of a funnel that of its cylinder. */
  radius?: number;
  /** Ends along the axis, nm. */
  depth?: readonly [number, number];
  /** Of a funnel: where the cone ends, nm; its angle, rad. */
  neck?: number;
  angle?: number;
  /** κ of κ (x − a)², kJ/mol/nm². */
  kappa?: number;
  /** Whether the guest may leave at both ends. */
  twoSided?: boolean;
  /** kJ/mol, for κ and volumes. */
  kT: number;
}

/** From where to where a guest may be along a coordinate, where it is in the pose, and how far the host reaches; nm. */
export interface Limit {
  coordinate: 'distance' | 'depth' | 'radial';
  from: number;
  to: number;
  pose: number;
  host: [number, number];
}

/** A confinement by a pose. */
export interface ConfinedPose {
  request: ConfinementRequest;
  limits: Limit[];
  /** The axis in the pose, a point on it, and where it comes from. */
  axis?: { direction: Vector; through: Vector; reason: string };
  /** nm³ that it leaves to the guest, and of it where no atom of the guest can touch the host. */
  volume: number;
  unboundVolume: number;
  /** From where on that is, along `distance` or `depth`, nm. */
  clear: number;
  /** Likewise to where at the other end, where the guest may leave there too. */
  clearBack?: number;
  notes: string[];
}

/** Between heavy atoms that touch, nm. */
const contact = 0.4;
/** How far beyond that a guest may go, nm, so that there is a plateau. */
const beyond = 0.8;
const leastBeyond = 0.2;
/** How far inside a wall the guest's centre begins, nm. */
const room = { side: 0.3, least: 0.2 };
const cylinderOfFunnel = 0.2;
const coneAngle = Math.PI / 6;
/** κ by which so many kT are paid so far behind a wall, nm. */
const steepness = { kT: 10, at: 0.05 };

const minus = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const rounded = (value: number, step = 0.01): number => Number((Math.round(value / step) * step).toFixed(6));

/**
 * A confinement for a pose: limits that are not given leave the guest room where it lies, and let it go so far that nothing of it
 * touches the host, as far as the periodic box allows.
 * @throws LatentcvError `bad-argument` where the pose's guest lies outside of it, or the box is too small
 */
export function confinePose(pose: Pose, wish: ConfinementWish): ConfinedPose {
  const kappa = wish.kappa ?? Number(digits((steepness.kT * wish.kT) / steepness.at ** 2, 3));
  const made = wish.kind === 'sphere' ? sphere(pose, wish, kappa) : axial(pose, wish, kappa);
  const named = { ...made.request.shape, ...columns } as Confinement;
  const clear = made.request.shape.clear!;
  expectInside(made.limits, named);
  const bound = named.kind === 'sphere' ? 'distance' : 'depth';
  const volume = confinedVolume(named, wish.kT);
  const beyondEnd = (range: [number, number]): number => confinedVolume(named, wish.kT, { [bound]: range });
  const back = made.clearBack === undefined ? 0 : beyondEnd([-Infinity, made.clearBack]);
  const unboundVolume = beyondEnd([clear, Infinity]) + back;
  return { ...made, volume, clear, unboundVolume };
}

const columns = { distance: 'distance', depth: 'depth', radial: 'radial' };

type Made = Omit<ConfinedPose, 'volume' | 'unboundVolume' | 'clear'>;

const partsOf = ({ host, guest, box }: Pose): ConfinementRequest['pose'] => ({
  host: { serials: Array.from(host.atoms, (atom) => atom + 1), places: host.places },
  guest: { serials: Array.from(guest.atoms, (atom) => atom + 1), places: guest.places },
  ...(box && { box }),
});

function sphere(pose: Pose, { radius: given, ...wish }: ConfinementWish, kappa: number): Made {
  refuse(wish, ['axis', 'depth', 'neck', 'angle', 'twoSided'], 'sphere');
  const { host, guest } = pose;
  const clear = rounded(host.extent + guest.extent + contact);
  const away = Math.hypot(...minus(guest.centre, host.centre));
  const { value, notes } = farEnd(Math.max(clear, away), given, pose, (radius) => ({
    ...{ kind: 'sphere', radius, kappa },
  }));
  return {
    request: { shape: { kind: 'sphere', radius: value, kappa, clear }, pose: partsOf(pose) },
    limits: [{ coordinate: 'distance', from: 0, to: value, pose: away, host: [0, host.extent] }],
    notes,
  };
}

function axial(pose: Pose, wish: ConfinementWish, kappa: number): Made {
  if (wish.kind === 'cylinder') refuse(wish, ['neck', 'angle'], 'cylinder');
  else if (wish.twoSided)
    throw invalidArgument('a cylinder, as a funnel has one end', 'twoSided', 'a funnel');
  const { host, guest } = pose;
  const proposal = axisOf(pose, wish.axis);
  const frame = hostFrame(host.places, proposal.direction, nearestTo(host.centre, proposal));
  const [direction, through] = [frame.axis, frame.at];
  const depthOf = (place: Vector): number => dot(minus(place, through), direction);
  const radialOf = (place: Vector): number =>
    Math.hypot(...minus(minus(place, through), scaled(direction, depthOf(place))));
  const depths = host.places.map(depthOf);
  const [back, top] = [Math.min(...depths), Math.max(...depths)];
  const own = { depth: depthOf(guest.centre), radial: radialOf(guest.centre) };
  const reach = top + guest.extent + contact;
  const far = wish.twoSided ? back - guest.extent - contact : undefined;
  const radius = wish.radius ?? rounded(wish.kind === 'funnel' ? cylinderOfFunnel : own.radial + room.side);
  const behind = backWall(
    pose,
    { direction, through },
    { own: own.depth, back, radius: Math.max(radius, own.radial + room.side) },
  );
  const cone = wish.kind === 'funnel' ? coneOf(wish, own, top, radius) : undefined;
  const clear = rounded(Math.max(reach, cone?.neck ?? reach));
  const from = wish.depth?.[0] ?? rounded(far === undefined ? behind.at : far - beyond);
  const shapeTo = (to: number): ConfinementShape => ({
    ...{ from, to, radius, kappa, clear },
    ...(cone ? { kind: 'funnel' as const, ...cone } : { kind: 'cylinder' as const }),
  });
  const { value: to, notes } = farEnd(Math.max(clear, own.depth), wish.depth?.[1], pose, shapeTo);
  const shape = shapeTo(to);
  if (to <= from)
    throw invalidArgument('an end along the axis beyond its beginning', 'depth', `${from}..${to}`);
  if (shape.kind === 'funnel' && !(shape.neck > from && shape.neck < to))
    throw invalidArgument(`a neck between ${from} and ${to} nm`, 'neck', shape.neck);
  return {
    request: { shape, pose: partsOf(pose), axis: { direction, through } },
    limits: [
      { coordinate: 'depth', from, to, pose: own.depth, host: [back, top] },
      {
        ...{ coordinate: 'radial' as const, from: 0, to: radius, pose: own.radial },
        host: [Math.min(...host.places.map(radialOf)), Math.max(...host.places.map(radialOf))],
      },
    ],
    axis: { direction, through, reason: proposal.reason },
    ...(far !== undefined && { clearBack: rounded(far) }),
    notes: [...notes, ...sides(proposal, wish, from, behind.reason)],
  };
}

/**
 * How deep the guest's centre may get: by its size behind the host's end, or a contact and its size behind where the pocket is closed,
 * wherever the guest stands in the pose, which is one moment of its motion.
 */
function backWall(
  { host, guest }: Pose,
  { direction, through }: { direction: Vector; through: Vector },
  { own, back, radius }: { own: number; back: number; radius: number },
): { at: number; reason: string } {
  const beside = [0, 1, 2].map((k) => through[k] + own * direction[k]) as unknown as Vector;
  const closed = own - (closedBehind(beside, direction, radius, host.places) ?? Infinity) - contact;
  const isClosed = closed > back;
  const at = Math.max(closed, back) - guest.extent;
  const end = isClosed ? 'where the pocket is closed' : "the host's end";
  if (at > own - room.least)
    return {
      at: own - room.least,
      reason: `${digits(room.least, 1)} nm behind the guest of this pose, which lies at ${end}: ‘depth’ lets it deeper`,
    };
  const size = isClosed
    ? `the guest's size and a contact (${digits(guest.extent + contact, 2)} nm)`
    : `the guest's size (${digits(guest.extent, 2)} nm)`;
  return { at, reason: `${size} behind ${end}` };
}

function axisOf(pose: Pose, given: Vector | undefined): AxisProposal {
  if (!given) return proposedAxis(pose);
  const length = Math.hypot(...given);
  if (!(length > 0) || !Number.isFinite(length))
    throw invalidArgument('a direction in the pose', 'axis', given.join(','));
  const found = proposedAxis(pose);
  const turned = Math.acos(Math.max(-1, Math.min(1, dot(scaled(given, 1 / length), found.direction))));
  return {
    ...found,
    direction: scaled(given, 1 / length),
    through: pose.guest.centre,
    reason: `as given, ${digits((turned * 180) / Math.PI, 2)} degrees from what would be proposed, ${found.reason}`,
  };
}

const scaled = (a: Vector, t: number): Vector => [t * a[0], t * a[1], t * a[2]];

/** The point of the axis that is nearest to a place. */
function nearestTo(place: Vector, { direction, through }: AxisProposal): Vector {
  const t = dot(minus(place, through), direction);
  return [0, 1, 2].map((k) => through[k] + t * direction[k]) as unknown as Vector;
}

/** By default the cone ends above the host, and is so wide that the guest lies well within it. */
function coneOf(
  wish: ConfinementWish,
  own: { depth: number; radial: number },
  top: number,
  radius: number,
): { neck: number; angle: number } {
  const angle = wish.angle ?? coneAngle;
  if (!(angle > 0) || !(angle < Math.PI / 2))
    throw invalidArgument('an angle between 0 and 90 degrees', 'angle', angle);
  const needed = own.depth + (own.radial + room.least - radius) / Math.tan(angle);
  return { neck: wish.neck ?? rounded(Math.max(top + contact / 2, needed)), angle };
}

/** The far end: as given, else so far that there is a plateau, as far as the box allows. */
function farEnd(
  clear: number,
  given: number | undefined,
  { box }: Pose,
  shapeTo: (end: number) => ConfinementShape,
): { value: number; notes: string[] } {
  if (given !== undefined) return { value: given, notes: [] };
  // walls are soft, and boxes change
  const half = halfBox(box) - 0.1;
  const fits = (end: number): boolean => reachOf(shapeTo(end)) <= half;
  const wanted = rounded(clear + beyond);
  if (fits(wanted)) return { value: wanted, notes: [] };
  let end = wanted;
  while (end > clear + leastBeyond && !fits(end)) end = rounded(end - 0.01);
  if (!fits(end))
    throw new LatentcvError(
      'bad-argument',
      `expected a periodic box with room for a guest that does not touch its host, whose nearest images are at least ${digits(2 * (reachOf(shapeTo(end)) + 0.1), 3)} nm apart, but they are ${digits(2 * (half + 0.1), 3)} nm apart`,
      'take a larger box; of a run without periodic boundaries, give a pose without a box',
    );
  return {
    value: end,
    notes: [
      `the periodic box leaves ${digits(end - clear, 2)} nm beyond where the guest touches the host: ${digits(beyond, 2)} nm would be taken in a larger one, for a plateau`,
    ],
  };
}

function sides(
  { width, backWidth }: AxisProposal,
  { twoSided, depth }: ConfinementWish,
  from: number,
  reason: string,
): string[] {
  if (twoSided) return ['the guest may leave at both ends: each way it has to find back by itself'];
  const why = depth === undefined ? `, ${reason},` : '';
  const words = `the guest may leave at one end; a wall at depth ${digits(from, 3)}${why} keeps it from the other`;
  // as wide as the way out, it is one as well
  if (depth === undefined && backWidth > 0.8 * width)
    return [
      `${words}, where the way (${digits(backWidth, 2)} nm to the nearest atom) is about as wide as here (${digits(width, 2)} nm): K is that of modes on this side of the wall`,
    ];
  return [words];
}

function refuse(
  wish: Partial<ConfinementWish>,
  keys: readonly (keyof ConfinementWish)[],
  kind: string,
): void {
  const odd = keys.find((key) => wish[key] !== undefined && wish[key] !== false);
  if (odd === undefined) return;
  throw new LatentcvError('bad-argument', `expected no ‘${odd}’ with a ${kind} but received one`);
}

function expectInside(limits: readonly Limit[], confinement: Confinement): void {
  const depth = limits.find(({ coordinate }) => coordinate === 'depth')?.pose ?? 0;
  const out = limits.find(({ coordinate, from, to, pose }) => {
    const end = coordinate === 'radial' && confinement.kind !== 'sphere' ? radiusAt(confinement, depth) : to;
    return pose < from || pose > end;
  });
  if (!out) return;
  throw new LatentcvError(
    'bad-argument',
    `expected the guest of the pose within the ${confinement.kind} but its ${out.coordinate} is ${digits(out.pose, 3)} nm, beyond ${digits(out.from, 3)} to ${digits(out.to, 3)}`,
    'a run would begin behind a wall: make it wider, or choose another axis',
  );
}
