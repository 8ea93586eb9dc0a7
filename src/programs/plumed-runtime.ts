/** What it takes to run a PLUMED; `findPlumed` returns more. */
export interface PlumedRuntime {
  /** `plumed` */
  executable: string;
  /** The kernel that engines load, `libplumedKernel.so`. */
  kernel: string;
  /** Environment for the executable. */
  env: Record<string, string>;
  /** 2.11.0 as [2, 11, 0]. */
  version?: readonly number[];
}
