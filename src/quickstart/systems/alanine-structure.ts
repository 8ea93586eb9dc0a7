import { type InternalAtom, type Point, cross, dot, placeAtoms, subtract } from './internal-coordinates.js';

/** The ten heavy atoms of ACE-ALA-NME as `RESIDUE-ATOM`, in the order of a PDB file. */
export const heavyAtomNames = [
  'ACE-CH3',
  'ACE-C',
  'ACE-O',
  'ALA-N',
  'ALA-CA',
  'ALA-CB',
  'ALA-C',
  'ALA-O',
  'NME-N',
  'NME-CH3',
] as const;

/**
 * Heavy atoms of alanine dipeptide (ACE-ALA-NME) in Å, peptide bonds trans, for the backbone torsions given.
 * Bond lengths and angles are the force field's own equilibrium values (Cornell et al., J. Am. Chem. Soc. 117,
 * 5179 (1995), doi:10.1021/ja00124a002: CT-C 1.522, C-O 1.229, C-N 1.335, N-CT 1.449, CT-CT 1.526 Å).
 *
 * @param phi C(ACE)–N–CA–C in degrees
 * @param psi N–CA–C–N(NME) in degrees
 */
export function buildAlanineDipeptide(phi = -80, psi = 75): Map<string, Point> {
  const carbonyl = { bond: 1.229, angle: 120.4 };
  const amide = { bond: 1.335, angle: 116.6 };
  const onNitrogen = { bond: 1.449, angle: 121.9 };
  const atoms: InternalAtom[] = [
    { name: 'ACE-CH3', at: [] },
    { name: 'ACE-C', at: ['ACE-CH3'], bond: 1.522 },
    { name: 'ACE-O', at: ['ACE-C', 'ACE-CH3'], ...carbonyl },
    { name: 'ALA-N', at: ['ACE-C', 'ACE-CH3', 'ACE-O'], ...amide, torsion: 180 },
    { name: 'ALA-CA', at: ['ALA-N', 'ACE-C', 'ACE-CH3'], ...onNitrogen, torsion: 180 },
    { name: 'ALA-C', at: ['ALA-CA', 'ALA-N', 'ACE-C'], bond: 1.522, angle: 110.1, torsion: phi },
    // 120° behind the carbonyl carbon: the L form
    { name: 'ALA-CB', at: ['ALA-CA', 'ALA-N', 'ACE-C'], bond: 1.526, angle: 109.7, torsion: phi - 120 },
    { name: 'NME-N', at: ['ALA-C', 'ALA-CA', 'ALA-N'], ...amide, torsion: psi },
    { name: 'ALA-O', at: ['ALA-C', 'ALA-CA', 'ALA-N'], ...carbonyl, torsion: psi + 180 },
    { name: 'NME-CH3', at: ['NME-N', 'ALA-C', 'ALA-CA'], ...onNitrogen, torsion: 180 },
  ];
  return placeAtoms(atoms);
}

/**
 * Signed volume (N−CA)·((C−CA)×(CB−CA)) in the points' unit cubed: about +2.6 Å³ for L-alanine, negative for D
 * (the rule that CO, R, N read clockwise, seen with the hydrogen towards the reader).
 */
export function chiralVolume(points: ReadonlyMap<string, Point>): number {
  const center = points.get('ALA-CA')!;
  const arm = (name: string): Point => subtract(points.get(name)!, center);
  return dot(arm('ALA-N'), cross(arm('ALA-C'), arm('ALA-CB')));
}

/** The structure as PDB text that `gmx pdb2gmx -ff amber99sb-ildn` completes with hydrogens. */
export function alaninePdb(points: ReadonlyMap<string, Point> = buildAlanineDipeptide()): string {
  const residues = ['ACE', 'ALA', 'NME'];
  const lines = heavyAtomNames.map((full, index) => {
    const [residue, atom] = full.split('-') as [string, string];
    const place = points.get(full)!.map((value) => value.toFixed(3).padStart(8));
    const head = `ATOM  ${String(index + 1).padStart(5)}  ${atom.padEnd(3)} ${residue} A`;
    const number = String(residues.indexOf(residue) + 1).padStart(4);
    return `${head}${number}    ${place.join('')}  1.00  0.00           ${atom[0]}`;
  });
  return ['TITLE     alanine dipeptide, ACE-ALA-NME', ...lines, 'TER', 'END', ''].join('\n');
}
