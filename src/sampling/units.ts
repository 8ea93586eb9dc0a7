/** The units that numbers come in, as factors to ours, which are PLUMED's own: nm, kJ/mol, ps. */
export interface UnitSystem {
  /** nm per length unit, kJ/mol per energy unit, ps per time unit. */
  length: number;
  energy: number;
  time: number;
  /** Reduced units: Boltzmann's constant is 1. */
  natural: boolean;
}

/** nm, kJ/mol, ps. */
export const plumedUnits: UnitSystem = { length: 1, energy: 1, time: 1, natural: false };

/** Factors of the units that PLUMED knows by name (its tools/Units.cpp): nm, kJ/mol and ps per unit. */
export const unitNames: Record<'length' | 'energy' | 'time', Readonly<Record<string, number>>> = {
  length: { nm: 1, A: 0.1, um: 1000, Bohr: 0.052917721067 },
  energy: { 'kj/mol': 1, 'kcal/mol': 4.184, 'j/mol': 0.001, eV: 96.4853074992579, Ha: 2625.499638 },
  time: { ps: 1, ns: 1000, fs: 0.001, atomic: 2.418884326509e-5 },
};

/** The factor of a unit given by PLUMED's name for it or as a positive number; undefined for anything else. */
export function unitFactor(kind: keyof typeof unitNames, text: string): number | undefined {
  const names = unitNames[kind];
  const value = Object.hasOwn(names, text) ? names[text] : Number(text);
  return text.trim() !== '' && value > 0 && Number.isFinite(value) ? value : undefined;
}

const ours = { length: 'nm', energy: 'kJ/mol', time: 'ps' } as const;

/** PLUMED's name of a unit by its factor, `kcal/mol`, or `0.5 kJ/mol` where it has none. */
export function unitInWords(kind: keyof typeof unitNames, factor: number): string {
  const known = Object.entries(unitNames[kind]).find(([, value]) => value === factor)?.[0];
  if (known === undefined) return `${factor} ${ours[kind]}`;
  return factor === 1 ? ours[kind] : known;
}

/** `energies are in kcal/mol: converted to kJ/mol`, for each unit that is not ours; nothing of natural units. */
export function conversions({ length, energy, time }: Partial<UnitSystem>): string[] {
  const line = (kind: keyof typeof unitNames, plural: string, factor = 1): string[] =>
    factor === 1 ? [] : [`${plural} are in ${unitInWords(kind, factor)}: converted to ${ours[kind]}`];
  return [
    ...line('energy', 'energies', energy),
    ...line('time', 'times', time),
    ...line('length', 'lengths', length),
  ];
}

/** As many decimals as energies deserve: two in kJ/mol, in natural units so many that a hundredth of kT shows. */
export function energyDecimals(kT: number, natural: boolean): number {
  return natural ? Math.max(2, 2 - Math.floor(Math.log10(kT))) : 2;
}
