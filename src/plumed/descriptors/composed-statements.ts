import {
  sameReference,
  type AlignmentReference,
  type Descriptor,
  type GyrationDescriptor,
  type RmsdDescriptor,
} from '../../descriptors/index.js';

/** √(Σ share · d²) of distances that these statements define, under this label. */
function rootOfMeanSquare(label: string, distances: readonly string[], shares: readonly number[]): string[] {
  const names = distances.map((_, i) => `${label}_d${i + 1}`);
  const powers = names.map(() => 2).join(',');
  return [
    ...distances.map((distance, i) => `${names[i]}: ${distance}`),
    `${label}_ms: COMBINE ARG=${names.join(',')} POWERS=${powers} COEFFICIENTS=${shares.join(',')} PERIODIC=NO`,
    `${label}: CUSTOM ARG=${label}_ms FUNC=sqrt(x) PERIODIC=NO`,
  ];
}

/** Weights of sum 1. */
function sharesOf({ atoms, weights }: { atoms: readonly number[]; weights?: readonly number[] }): number[] {
  const total = weights?.reduce((sum, w) => sum + w, 0) ?? atoms.length;
  return atoms.map((_, i) => (weights?.[i] ?? 1) / total);
}

/** PLUMED's GYRATION knows no weights but the masses of the run. */
function weighedGyration(label: string, descriptor: GyrationDescriptor, pbc: boolean): string[] {
  const list = descriptor.atoms.join(',');
  return [
    ...(pbc ? [`WHOLEMOLECULES ENTITY0=${list}`] : []),
    `${label}_c: CENTER ATOMS=${list} WEIGHTS=${descriptor.weights!.join(',')} NOPBC`,
    ...rootOfMeanSquare(
      label,
      descriptor.atoms.map((atom) => `DISTANCE ATOMS=${label}_c,${atom} NOPBC`),
      sharesOf(descriptor),
    ),
  ];
}

/** After FIT_TO_TEMPLATE, how far atoms are from their places in the reference. */
function rmsdInFrame(
  label: string,
  descriptor: RmsdDescriptor,
  { atoms, positions }: AlignmentReference,
): string[] {
  const places = descriptor.atoms.map((atom) => positions[atoms.indexOf(atom)].join(','));
  return [
    ...places.map((at, i) => `${label}_p${i + 1}: FIXEDATOM AT=${at}`),
    ...rootOfMeanSquare(
      label,
      descriptor.atoms.map((atom, i) => `DISTANCE ATOMS=${label}_p${i + 1},${atom} NOPBC`),
      sharesOf(descriptor),
    ),
  ];
}

/** Whether a descriptor compares just the atoms that are aligned, by the weights they are aligned by, as PLUMED's RMSD does. */
export function isPlainRmsd(descriptor: Descriptor, references: readonly AlignmentReference[]): boolean {
  if (descriptor.kind !== 'rmsd') return false;
  const { atoms, weights, reference } = descriptor;
  const aligned = references[reference];
  const compared = aligned.atoms.map((atom) => {
    const place = atoms.indexOf(atom);
    return place < 0 ? 0 : (weights?.[place] ?? 1);
  });
  return sameReference(aligned, { ...aligned, weights: compared });
}

/** What must be done to the system before the descriptor's statements. */
export type Before = number | 'whole' | 'group' | undefined;

/** It is aligned to a reference, or made whole, or a group of it is, by the statements themselves; or nothing. */
export function beforeOf(item: Descriptor, references: readonly AlignmentReference[]): Before {
  if (isPlainRmsd(item, references)) return undefined;
  if ('reference' in item) return item.reference;
  if (item.kind === 'gyration' && item.weights) return 'group';
  return item.kind.startsWith('position-') ? 'whole' : undefined;
}

/** Statements of a descriptor that PLUMED has no action for, the last under this label; undefined where it has one. */
export function composedStatements(
  item: Descriptor,
  label: string,
  { pbc, references }: { pbc: boolean; references: readonly AlignmentReference[] },
): string[] | undefined {
  if (item.kind === 'gyration' && item.weights) return weighedGyration(label, item, pbc);
  if (item.kind === 'rmsd' && !isPlainRmsd(item, references))
    return rmsdInFrame(label, item, references[item.reference]);
  return undefined;
}
