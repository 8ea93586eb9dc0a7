const list = (text: string): Set<string> => new Set(text.split(' '));

/** Amino acids under the names that AMBER, CHARMM, GROMOS, OPLS and the PDB give them in their states and modified. */
const aminoAcids = list(
  'ALA ARG ASN ASP CYS GLN GLU GLY HIS ILE LEU LYS MET PHE PRO SER THR TRP TYR VAL ' +
    'ASH GLH HID HIE HIP HSD HSE HSP CYX CYM LYN LYP ARN ARGN ASPH ASPP GLUH GLUP HISA HISB HISH HISP HISD HISE HIS1 HIS2 ' +
    'LYSH CYSH CYS1 CYS2 ASP1 GLU1 MSE SEC PYL SEP TPO PTR S1P T1P Y1P SP1 SP2 TP1 TP2 HYP MLY MLZ M3L KCX CSO CSD CSX OCS ' +
    'CME SME ORN NLE NVA AIB ABA PCA CGU GLP TYS LLP ALY DAL DAR DSG DAS DCY DGN DGL DHI DIL DLE DLY MED DPN DPR DSN DTH DTR ' +
    'DTY DVA DALA UNK XAA',
);

/** Groups at the ends of chains. */
const caps = list('ACE NME NMA NH2 NAC FOR NHE ETA CT3 NTER CTER');

const waters = list(
  'HOH SOL WAT WTR WATE H2O OH2 HHO OHH DOD D2O TIP TIP2 TIP3 TIP3P TIP4 TIP4P TIP4E TIP5 TIP5P TIP7 TIPS TP3 TP3M TP4 TP4E ' +
    'TP5 T3P T4P T4E T5P SPC SPCE SPC/E SPC/F OPC OPC3 OP3 FB3 FB4 SWM SWM4 SWM6 W WF WN PW',
);

/** Nucleotides, also at ends. */
const nucleotides = /^(D?[ACGTUI][35N]?|R[ACGU][35N]?|ADE|CYT|GUA|THY|URA|[ACGTU]TP|[ACGU]MP)$/;

/** Lipids of membranes by CHARMM, AMBER, GROMOS and Martini: two tails and a head, and some without. */
const lipids = new Set(
  ['DL', 'DM', 'DP', 'DS', 'DO', 'DA', 'DY', 'PO', 'SO', 'PL', 'SL', 'SD', 'SA', 'OL']
    .flatMap((tails) => ['PC', 'PE', 'PG', 'PS', 'PA', 'PI'].map((head) => tails + head))
    .concat('CHL1 CHOL CHL CLR PSM SSM NSM DPSM POPC POPE TOCL1 TOCL2 CDL2 SAPI DPP DLP DMP'.split(' ')),
);

/** Termini of AMBER's topologies: NALA, CALA. */
const withoutTerminus = (name: string): string =>
  name.length === 4 && /^[NC]/.test(name) ? name.slice(1) : name;

const upper = (residue: string): string => residue.toUpperCase();

export function isAminoAcid(residue: string): boolean {
  const name = upper(residue);
  return aminoAcids.has(name) || aminoAcids.has(withoutTerminus(name));
}

/** Amino acids and nucleotides whose names others have too: ligands of no name, dyes, cofactors. */
const ambiguous = /^(UNK|XAA|MED|ABA|PCA|[ACGTU]TP|[ACGU]MP)$/;

export const isAmbiguous = (residue: string): boolean => ambiguous.test(upper(residue));

export const isCap = (residue: string): boolean => caps.has(upper(residue));
export const isWaterName = (residue: string): boolean => waters.has(upper(residue));
export const isNucleotide = (residue: string): boolean => nucleotides.test(upper(residue));
export const isLipid = (residue: string): boolean => lipids.has(upper(residue));

/** Heavy atoms of the chain of peptide bonds. */
export const backboneNames: ReadonlySet<string> = new Set(['N', 'CA', 'C', 'O', 'OT', 'OT1', 'OXT', 'OC1']);
