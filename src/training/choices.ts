/** What validates: every fifth block of time, whole trajectories, single frames at random, or whole groups of rows. */
export const splitModes = ['blocks', 'trajectories', 'random', 'groups'] as const;

/** Adam (Kingma & Ba 2015) with weight decay in the gradient, or apart from it (Loshchilov & Hutter 2019). */
export const optimizers = ['adamw', 'adam'] as const;

/** How the learning rate goes over the epochs: `plateau` goes by the validation loss, the others by the number of epochs. */
export const schedules = ['plateau', 'constant', 'cosine', 'linear'] as const;
export type Schedule = (typeof schedules)[number];

/** Whether a schedule goes by the number of epochs, so that more of them make another training. */
export const goesByEpochs = (schedule: Schedule): boolean => schedule === 'cosine' || schedule === 'linear';

/**
 * `common`: one scale for all plain features of one quantity (the root of their mean variance), so that stiff bonds
 * stay as quiet as they are and contacts as loud as distances; features of unknown quantity share one too. `each`:
 * every feature by its own deviation. Sines and cosines of torsions keep their scale.
 */
export const scalingModes = ['common', 'each'] as const;
export type ScalingMode = (typeof scalingModes)[number];

/**
 * Functions of the inputs that Koopman weights are sought among: linear ones, or those that are constant on each of up to 50
 * cells along the slowest linear directions.
 */
export const koopmanBases = ['linear', 'cells'] as const;
export type KoopmanBasis = (typeof koopmanBases)[number];
