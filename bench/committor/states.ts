/** C7eq and C7ax of alanine dipeptide in vacuum: discs around their minima on (φ, ψ), rad. */
export const discs = { A: [-1.45, 1.2], B: [1.2, -1.05], radius: 0.4 } as const;

export const torsions = 'phi: TORSION ATOMS=5,7,9,15\npsi: TORSION ATOMS=7,9,15,17\n';

/** The shorter way round. */
const shorter = (label: string, at: number): string => {
  const difference = `(${label}${at < 0 ? '+' : '-'}${Math.abs(at)})`;
  return `(2*sin(0.5*${difference}))^2`;
};

const distance = (label: string, [phi, psi]: readonly number[]): string =>
  `${label}: CUSTOM ARG=phi,psi VAR=p,s FUNC=sqrt(${shorter('p', phi)}+${shorter('s', psi)}) PERIODIC=NO\n`;

/** Torsions, and how far the frame is from each state. */
export const distancesToStates = `${torsions}${distance('dA', discs.A)}${distance('dB', discs.B)}`;

/** As `--labels` takes them. */
export const labels = `A: dA < ${discs.radius}; B: dB < ${discs.radius}`;
