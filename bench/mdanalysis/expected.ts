import type { Row } from './report.js';

/** Outcomes that are no fault of latentcv, with the reason. */
interface Expected {
  kind: Row['kind'];
  /** In what the programs differ; of a refusal, none. */
  aspects?: readonly string[];
  /** The cases. */
  names: RegExp;
  /** What is told of the case. */
  detail?: RegExp;
  reason: string;
}

const refusedByUs = 'refused by latentcv';

export const expected: readonly Expected[] = [
  {
    kind: 'differs',
    aspects: ['times'],
    names: /ifabp_apo_100mM\.dcd$/,
    detail: /frame 1: 0\.5, not 24\.444/,
    reason:
      'LAMMPS writes the times of a DCD file in its own units, here fs; MDAnalysis takes those of CHARMM',
  },
  {
    kind: 'differs',
    aspects: ['values', 'box'],
    names: /tip125_tric_C36\.dcd$/,
    detail: /box: 3\.08418 1\.45786 0\.962632/,
    reason:
      "CHARMM's symmetric matrix of a box is taken as it is; MDAnalysis turns it, and not the positions",
  },
  {
    kind: 'differs',
    aspects: ['atoms'],
    names: /(5KIH|6QYR)\.mmtf\.gz$/,
    detail: /570, not 1140|62, not 930/,
    reason: 'models are frames; MDAnalysis makes one system of all of them',
  },
  {
    kind: 'differs',
    aspects: ['frames'],
    names: /^two_water_gro_multiframe\.gro$/,
    detail: /2, not 1/,
    reason: 'MDAnalysis reads the first frame of a GRO file',
  },
  {
    kind: 'differs',
    aspects: ['residue ids'],
    names: /^(adk_oplsaa\.pdb|residwrap(_0base)?\.gro)/,
    detail: /atom \d+: "0", not "10*"/,
    reason: 'residue numbers are as the file has them; MDAnalysis goes on counting where they begin again',
  },
  {
    kind: 'differs',
    aspects: ['residue ids'],
    names: /\.tpr/,
    detail: /residue ids: \d+ of \d+, atom \d+: "\d+", not "\d+"$/,
    reason: 'residues of a TPR file count in each molecule, as there; MDAnalysis counts them through',
  },
  {
    kind: 'differs',
    aspects: ['values'],
    names: /^model_then_cryst\.pdb$/,
    reason: 'CRYST1 goes before its model; MDAnalysis takes the one behind it',
  },
  {
    kind: refusedByUs,
    names: /(cryst_then_model|model_then_cryst)\.pdb\.(gz|bz2)$/,
    detail: /is a tar archive/,
    reason: 'a tar archive under the name of a packed file',
  },
  {
    kind: refusedByUs,
    names: /^varying_occ_tmp\.pdb$/,
    detail: /expected ENDMDL but another model begins/,
    reason: 'damaged on purpose: a model without its end',
  },
  {
    kind: refusedByUs,
    names: /^huge_box\.gro$/,
    detail: /expected three or nine numbers of a box/,
    reason: 'odd on purpose: three numbers without blanks between them',
  },
  {
    kind: refusedByUs,
    names: /^tprs\/.*202(4_4|5_0)\.tpr$/,
    detail: /of a version that it does not know|invalid value in XDR file/,
    reason: 'a TPR file of GROMACS 2024.4 or later, which chemfiles does not know',
  },
  {
    kind: refusedByUs,
    names:
      /\.(pqr|inpcrd|rst7|dms|coor|crd|gsd|trz|h5md|data2?|mdcrd|dlpoly|gms|pdbqt|txyz|prmtop|parm7|top|in|trc)\b/,
    detail: /its name tells no format/,
    reason: 'a format that latentcv does not promise',
  },
];

/** The reason of an outcome that is known, where every aspect of it has one. */
export function isExpected(row: Row): string | undefined {
  const found = expected.filter((known) => fits(known, row));
  const explained = new Set(found.flatMap(({ aspects = [] }) => aspects));
  if (found.length === 0 || !row.aspects.every((aspect) => explained.has(aspect))) return undefined;
  return [...new Set(found.map(({ reason }) => reason))].join('; ');
}

const fits = ({ kind, names, detail, aspects = [] }: Expected, row: Row): boolean =>
  kind === row.kind &&
  names.test(row.name) &&
  (detail?.test(row.detail) ?? true) &&
  (aspects.length === 0 || aspects.some((aspect) => row.aspects.includes(aspect)));

/** Reasons of the list that no case has any more. */
export const missing = (rows: readonly Row[]): string[] =>
  expected.filter((known) => !rows.some((row) => fits(known, row))).map(({ reason }) => reason);
