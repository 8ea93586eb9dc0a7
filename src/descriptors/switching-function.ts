/**
 * From 1 at contact to 0 far away. Lengths in nm; x = (r − d0)/r0, and 1 where x < 0:
 * `rational` (1 − x^nn)/(1 − x^mm), `gaussian` exp(−x²/2), `fermi` 1/(1 + exp(beta (r − r0))) with beta in 1/nm.
 * With `dmax`, PLUMED's `D_MAX`, the function is stretched to (s(r) − s(dmax))/(1 − s(dmax)) and 0 beyond it. `cubic` is
 * (1 − y)² (1 + 2 y), y = (r − d0)/(dmax − d0), between d0 and dmax, where its slope is 0.
 */
export type SwitchingFunction = (
  | { form: 'rational'; r0: number; d0: number; nn: number; mm: number }
  | { form: 'gaussian'; r0: number; d0: number }
  | { form: 'fermi'; r0: number; beta: number }
  | { form: 'cubic'; d0: number; dmax: number }
) & { dmax?: number };
