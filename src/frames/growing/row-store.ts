type Numbers = Float64Array | Float32Array;

/** Rows of memory at first. */
const fewestRows = 1024;
/** As of tables that are read whole: more numbers than this (256 MiB) are held in single precision. */
const mostInDoubleByDefault = 2 ** 25;

/** Columns that rows are added to. */
export class RowStore {
  single = false;
  private rows = 0;
  private room = fewestRows;
  private columns: Numbers[];

  constructor(
    private readonly width: number,
    private readonly mostInDouble = mostInDoubleByDefault,
  ) {
    this.columns = Array.from({ length: width }, () => new Float64Array(fewestRows));
  }

  /** Adds the first values of a row. */
  push(row: Float64Array): void {
    if (this.rows === this.room) this.grow();
    for (let i = 0; i < this.width; i++) this.columns[i][this.rows] = row[i];
    this.rows++;
  }

  values(column: number, rows: number): Numbers {
    return this.columns[column].subarray(0, rows);
  }

  private grow(): void {
    this.room = Math.ceil(this.room * 1.5);
    this.single ||= this.rows * this.width > this.mostInDouble;
    this.columns = this.columns.map((column) => {
      const bigger = this.single ? new Float32Array(this.room) : new Float64Array(this.room);
      bigger.set(column);
      return bigger;
    });
  }
}
