/** Amino acids under the names that AMBER, CHARMM, GROMOS and OPLS give them in their states, and caps. */
const proteinResidues = new Set(
  (
    'ALA ARG ASN ASP CYS GLN GLU GLY HIS ILE LEU LYS MET PHE PRO SER THR TRP TYR VAL ' +
    'ASH GLH HID HIE HIP HSD HSE HSP CYX CYM LYN ARGN ASPH GLUH HISA HISB HISH HISD HISE LYSH CYSH CYS2 MSE SEC PYL ' +
    'ACE NME NMA NH2 NAC'
  ).split(' '),
);

const waters = new Set('HOH SOL WAT TIP TIP3 TIP3P TIP4 TIP4P TIP5 SPC SPCE H2O OPC T3P T4P DOD'.split(' '));

/** Termini of AMBER's topologies: NALA, CALA. */
const withoutTerminus = (name: string): string =>
  name.length === 4 && /^[NC]/.test(name) ? name.slice(1) : name;

export function isProtein(residue: string): boolean {
  const name = residue.toUpperCase();
  return proteinResidues.has(name) || proteinResidues.has(withoutTerminus(name));
}

export function isWater(residue: string): boolean {
  return waters.has(residue.toUpperCase());
}

/** Heavy atoms of the chain of peptide bonds. */
export const backboneNames: ReadonlySet<string> = new Set(['N', 'CA', 'C', 'O', 'OT', 'OT1', 'OXT', 'OC1']);
