import { axes, latticeOf, type Lattice, type Places, type Triple } from './lattice.js';

/** More cells than this are no faster. */
const mostCells = 1 << 21;

/** Atoms in cells as wide as a reach at least, so that what is near an atom is found in a time that does not grow with them. */
export class Neighbours {
  private readonly lattice: Lattice;
  private readonly cells: Triple;
  /** Where the atoms of each cell begin in `sorted`. */
  private readonly starts: Uint32Array;
  private readonly sorted: Uint32Array;
  private readonly square: number;

  constructor(
    private readonly places: Places,
    atoms: Uint32Array,
    reach: number,
  ) {
    this.lattice = latticeOf(places);
    this.square = reach * reach;
    const cellsAlongAxis = Math.cbrt(mostCells);
    this.cells = this.lattice.heights.map((height) =>
      Math.max(1, Math.floor(Math.min(height / Math.max(reach, 1e-6), cellsAlongAxis))),
    ) as Triple;
    const cellOf = Uint32Array.from(atoms, (atom) => this.cellAt(atom));
    this.starts = new Uint32Array(this.cells[0] * this.cells[1] * this.cells[2] + 1);
    for (const cell of cellOf) this.starts[cell + 1]++;
    for (let i = 1; i < this.starts.length; i++) this.starts[i] += this.starts[i - 1];
    const next = this.starts.slice();
    this.sorted = new Uint32Array(atoms.length);
    for (let i = 0; i < atoms.length; i++) this.sorted[next[cellOf[i]]++] = atoms[i];
  }

  /** Whether any of the atoms is nearer than the reach, itself left out. */
  hasNear(atom: number): boolean {
    return this.search(atom, () => true);
  }

  /** Calls `visit` with each of the atoms that is nearer than the reach to an atom, itself left out, and the squared distance. */
  near(atom: number, visit: (other: number, squared: number) => void): void {
    this.search(atom, (other, squared) => {
      visit(other, squared);
      return false;
    });
  }

  /** Goes through what is near until `found` says so. */
  private search(atom: number, found: (other: number, squared: number) => boolean): boolean {
    const { positions: p } = this.places;
    const [, ny, nz] = this.cells;
    const [cx, cy, cz] = axes.map((k) => this.coordinate(atom, k));
    for (const x of this.around(cx, 0))
      for (const y of this.around(cy, 1))
        for (const z of this.around(cz, 2)) {
          const cell = (x * ny + y) * nz + z;
          for (let at = this.starts[cell]; at < this.starts[cell + 1]; at++) {
            const other = this.sorted[at];
            if (other === atom) continue;
            const squared = this.lattice.squaredLength(
              p[3 * other] - p[3 * atom],
              p[3 * other + 1] - p[3 * atom + 1],
              p[3 * other + 2] - p[3 * atom + 2],
            );
            if (squared < this.square && found(other, squared)) return true;
          }
        }
    return false;
  }

  private coordinate(atom: number, k: number): number {
    const { positions: p } = this.places;
    const { origin, reciprocal, periodic } = this.lattice;
    const [x, y, z] = reciprocal[k];
    const along =
      (p[3 * atom] - origin[0]) * x + (p[3 * atom + 1] - origin[1]) * y + (p[3 * atom + 2] - origin[2]) * z;
    const fraction = periodic[k] ? along - Math.floor(along) : along;
    // rounding may give 1; what is no number goes anywhere, as it is near to nothing
    return Math.max(0, Math.min(this.cells[k] - 1, Math.floor(fraction * this.cells[k]))) || 0;
  }

  private cellAt(atom: number): number {
    const [, ny, nz] = this.cells;
    return (this.coordinate(atom, 0) * ny + this.coordinate(atom, 1)) * nz + this.coordinate(atom, 2);
  }

  /** A cell and its neighbours along an axis, each once. */
  private around(cell: number, k: number): number[] {
    const count = this.cells[k];
    if (!this.lattice.periodic[k])
      return [cell - 1, cell, cell + 1].filter((other) => other >= 0 && other < count);
    if (count < 3) return count === 1 ? [0] : [0, 1];
    return [(cell + count - 1) % count, cell, (cell + 1) % count];
  }
}
