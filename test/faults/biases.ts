/** A bias as people write it, with the files that it writes beside COLVAR. */
export interface BiasCase {
  name: string;
  /** Its statements; CVs are `phi` and `psi`, the bias is `b.bias`. */
  statements: (pace: number) => string;
  /** Files that get a row every `pace` steps. */
  kernels: readonly string[];
  /** Their first row is at so many times `pace`: OPES watches the width for ten, OPES_EXPANDED starts with a row. */
  first: 0 | 1 | 10;
  /** Whether PLUMED restarts it from its hills alone, so that the bias is the same to their digits. */
  exact: boolean;
  /** kJ/mol that a kernel adds where it is put, where that is the same for all. */
  height?: number;
}

const two = 'ARG=phi,psi';
const hills = (pace: number): string => `${two} SIGMA=0.3,0.3 HEIGHT=0.8 PACE=${pace} BIASFACTOR=8 TEMP=300`;
const opes = (pace: number): string => `${two} PACE=${pace} BARRIER=30 TEMP=300 FILE=KERNELS FMT=%.12g`;

export const biases: readonly BiasCase[] = [
  {
    name: 'METAD',
    statements: (pace) => `b: METAD ${hills(pace)} FILE=HILLS`,
    kernels: ['HILLS'],
    first: 1,
    exact: true,
  },
  {
    name: 'METAD with a grid',
    statements: (pace) =>
      `b: METAD ${hills(pace)} FILE=HILLS GRID_MIN=-pi,-pi GRID_MAX=pi,pi GRID_BIN=100,100`,
    kernels: ['HILLS'],
    first: 1,
    exact: true,
  },
  {
    name: 'PBMETAD',
    statements: (pace) => `b: PBMETAD ${hills(pace)} FILE=HILLS.phi,HILLS.psi`,
    kernels: ['HILLS.phi', 'HILLS.psi'],
    first: 1,
    exact: true,
  },
  {
    name: 'OPES_METAD',
    statements: (pace) => `b: OPES_METAD ${opes(pace)}`,
    kernels: ['KERNELS'],
    first: 10,
    exact: false,
  },
  {
    name: 'OPES_METAD_EXPLORE',
    statements: (pace) => `b: OPES_METAD_EXPLORE ${opes(pace)}`,
    kernels: ['KERNELS'],
    first: 10,
    exact: false,
  },
  {
    name: 'OPES_EXPANDED',
    statements: (pace) =>
      'ecv: ECV_UMBRELLAS_LINE ARG=phi TEMP=300 CV_MIN=-2.5 CV_MAX=2.5 SIGMA=0.5 BARRIER=30\n' +
      `b: OPES_EXPANDED ARG=ecv.* PACE=${pace} OBSERVATION_STEPS=1 PRINT_STRIDE=1 FILE=DELTAFS FMT=%.12g`,
    kernels: ['DELTAFS'],
    first: 0,
    exact: false,
  },
];

/** Hills of one height: what a hill at the very step of a checkpoint adds is known. */
export const evenHills: BiasCase = {
  name: 'METAD with hills at checkpoints',
  statements: (pace) => `b: METAD ${two} SIGMA=0.3,0.3 HEIGHT=0.05 PACE=${pace} FILE=HILLS`,
  kernels: ['HILLS'],
  first: 1,
  exact: true,
  height: 0.05,
};

/** The whole input, with a row of COLVAR every `stride` steps. */
export function inputOf({ statements }: BiasCase, cvs: string, stride: number, pace: number): string {
  return `${cvs}${statements(pace)}\nPRINT ARG=phi,psi,b.bias STRIDE=${stride} FILE=COLVAR FMT=%.12g\n`;
}
