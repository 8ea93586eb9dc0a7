/** Names of the units in which a page's numbers are; nothing is converted. */
export interface Units {
  energy: string;
  /** Of sampling and of the biased run's time. */
  time: string;
}

/** What the numbers of a run in PLUMED's own units are in, its time divided by 1000. */
export const defaultUnits: Units = { energy: 'kJ/mol', time: 'ns' };
