/** What an output called `bias` is to the frames beside it. */
export type BiasKind = 'weigh' | 'bound' | 'drive' | 'surface' | 'unknown';

/** PLUMED's actions whose bias is quasi-static or static, so that exp(V/kT) gives the unbiased ensemble. */
const weighing = new Set([
  'OPES_METAD',
  'OPES_METAD_EXPLORE',
  'OPES_EXPANDED',
  'METAD',
  'PBMETAD',
  'EXTERNAL',
  'BIASVALUE',
  'RESTRAINT',
]);

/** Those of them whose bias is built as a run goes, so that no two runs have the same. */
const building = new Set(['OPES_METAD', 'OPES_METAD_EXPLORE', 'OPES_EXPANDED', 'METAD', 'PBMETAD']);

/** Actions that bound the ensemble. */
const bounding = new Set(['UPPER_WALLS', 'LOWER_WALLS', 'FUNNEL']);

/** Actions whose work, not whose bias, gives free energies, or which act on a variable of their own. */
const driving = new Set(['MOVINGRESTRAINT', 'ABMD', 'EXTENDED_LAGRANGIAN', 'DRR']);

/** Biases that we do not weigh by unless told to: what they converge to is no bias potential of the frames. */
const others = /^(OPES_\w+|EDS|VES_\w+|LOGMFD|MAXENT|CALIBER|METAINFERENCE|RESCALE)$/;

/** Whether an action puts energy into the system. */
export function isBiasAction(action: string): boolean {
  return weighing.has(action) || bounding.has(action) || driving.has(action) || others.test(action);
}

/** Whether frames are weighed by what the action adds, so that a table without its column cannot be. */
export const weighs = (action: string): boolean => weighing.has(action);

/** Whether an action's bias is built as a run goes. */
export const isBuiltUp = (action: string): boolean => building.has(action);

/** The surface a particle moves on in pesmd is a bias to PLUMED: of these two actions. */
const surfaces = new Set(['BIASVALUE', 'EXTERNAL']);

/** What labels are usually called, where no PLUMED input says more. */
const boundingName = /wall|funnel/i;
const drivingName = /moving|steer|smd|abmd/i;
const surfaceName = /^(pot|potential|surface|ff|forcefield|ene|energy|m[uü]e?ller.*)$/i;
/** What latentcv calls the bias from a committor's gradient, which a potential called so is on a surface, too. */
const committorName = /^kolmogorov\d*$/;
const weighingName = /opes|metad|mtd|restr|umbrella|external|biasvalue|kolmogorov/i;

/**
 * What the output of a label is, by its action where that is known, else by its name. A potential that was made of a
 * bias action is told by its name, too: nothing else can.
 */
export function biasKind(label: string, action: string | undefined, onSurface = false): BiasKind {
  if (action === undefined) return kindByName(label);
  if (bounding.has(action)) return 'bound';
  if (driving.has(action)) return 'drive';
  const maySurface = surfaces.has(action) && !committorName.test(label);
  if (maySurface && (onSurface || surfaceName.test(label))) return 'surface';
  return weighing.has(action) ? 'weigh' : 'unknown';
}

function kindByName(label: string): BiasKind {
  if (boundingName.test(label)) return 'bound';
  if (drivingName.test(label)) return 'drive';
  if (surfaceName.test(label)) return 'surface';
  return weighingName.test(label) ? 'weigh' : 'unknown';
}
