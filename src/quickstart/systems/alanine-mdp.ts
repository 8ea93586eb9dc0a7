/** Time step in ps: 2 fs, with all bonds constrained, as in the run inputs of the reference. */
const timeStep = 0.002;

// Vacuum: GROMACS's Verlet scheme knows no open boundaries, so a box far wider than the molecule (about 1 nm)
// and plain cut-offs that every pair lies within. Lists then never go stale, and nstlist costs nothing.
const vacuum = {
  'cutoff-scheme': 'Verlet',
  'verlet-buffer-tolerance': -1,
  coulombtype: 'cut-off',
  rcoulomb: 2.0,
  rvdw: 2.0,
  rlist: 2.2,
  nstlist: 100,
};

/** Edge of the cubic box in nm. */
export const boxEdge = 6;

/** Steepest descent to 10 kJ/mol/nm. */
export function minimisationMdp(): string {
  return mdp({ integrator: 'steep', nsteps: 5000, emtol: 10, ...vacuum });
}

/** A run of the molecule. */
export interface AlanineMd {
  /** K */
  temperature: number;
  nanoseconds: number;
  /** Seed of velocities and noise, a positive integer. */
  seed: number;
  /** Steps between frames of a trajectory; none is written where left out. */
  framesEvery?: number;
  /** Whether the peptide bonds are kept trans: in hot runs they turn once in a while. */
  keepTrans?: boolean;
}

/** Langevin dynamics with a friction of 1/ps, 2 fs; the log, PLUMED's own files and the frames are all it writes. */
export function dynamicsMdp(run: AlanineMd): string {
  return mdp({
    integrator: 'sd',
    dt: timeStep,
    nsteps: Math.round((run.nanoseconds * 1000) / timeStep),
    'tc-grps': 'System',
    'tau-t': 1.0,
    'ref-t': run.temperature,
    'gen-vel': 'yes',
    'gen-temp': run.temperature,
    'gen-seed': run.seed,
    'ld-seed': run.seed,
    constraints: 'all-bonds',
    // the Langevin noise thermalises the molecule's motion as a whole too; removing it would take heat away
    'comm-mode': 'none',
    nstcalcenergy: 5000,
    nstenergy: 50000,
    nstlog: 50000,
    ...(run.framesEvery !== undefined && { 'nstxout-compressed': run.framesEvery }),
    ...vacuum,
  });
}

function mdp(settings: Record<string, string | number>): string {
  return Object.entries(settings)
    .map(([key, value]) => `${key.padEnd(24)} = ${value}\n`)
    .join('');
}
