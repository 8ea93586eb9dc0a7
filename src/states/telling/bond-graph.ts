import type { Structure } from '../../trajectories/index.js';

/** What atoms of a structure are bonded to. */
export class BondGraph {
  private readonly beside = new Map<number, number[]>();

  constructor(
    readonly structure: Structure,
    readonly atoms: Uint32Array,
  ) {
    for (const atom of atoms) this.beside.set(atom, []);
    const { bonds } = structure.connections(atoms);
    for (let i = 0; i < bonds.length; i += 2) {
      this.beside.get(bonds[i])?.push(bonds[i + 1]);
      this.beside.get(bonds[i + 1])?.push(bonds[i]);
    }
  }

  to(atom: number): readonly number[] {
    return this.beside.get(atom) ?? [];
  }

  heavyTo(atom: number): number[] {
    return this.to(atom).filter((other) => this.structure.isHeavy(other));
  }

  /** The molecule of each atom, from 0. */
  molecules(): Map<number, number> {
    const of = new Map<number, number>();
    let molecules = 0;
    for (const first of this.atoms) {
      if (of.has(first)) continue;
      for (const atom of this.reached(first, Infinity)) of.set(atom, molecules);
      molecules++;
    }
    return of;
  }

  /** An atom and those that so many bonds lead to, but for one bond. */
  reached(first: number, most: number, without?: readonly [number, number]): Set<number> {
    const found = new Set([first]);
    let edge = [first];
    for (let step = 0; step < most && edge.length > 0; step++)
      edge = edge.flatMap((atom) =>
        this.to(atom).filter((other) => {
          const closed = without?.includes(atom) && without.includes(other);
          if (closed === true || found.has(other)) return false;
          found.add(other);
          return true;
        }),
      );
    return found;
  }
}
