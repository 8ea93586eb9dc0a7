/** A table of thermo: its columns, its rows, and of how many atoms it is. */
export interface ThermoTable {
  heads: readonly string[];
  rows: number[][];
  atoms?: number;
}

/** The tables of thermo in what LAMMPS printed. */
export function* thermoTables(text: string): Generator<ThermoTable> {
  let table: ThermoTable | undefined;
  for (const line of text.split('\n')) {
    const words = line.trim().split(/\s+/);
    if (words.includes('Step') && words.every((word) => !Number.isFinite(Number(word)))) {
      // a run that died tells no loop time
      if (table) yield table;
      table = { heads: words, rows: [] };
    } else if (table && /^Loop time/.test(line)) {
      const atoms = Number(/ with (\d+) atoms/.exec(line)?.[1] ?? NaN);
      yield { ...table, ...(atoms > 0 && { atoms }) };
      table = undefined;
    } else if (table && words.length === table.heads.length) {
      const row = words.map(Number);
      if (row.every(Number.isFinite)) table.rows.push(row);
    }
  }
  if (table) yield table;
}
