import type { SwitchingFunction } from '../../descriptors/index.js';

type Values = Map<string, string>;

/** PLUMED's defaults for RATIONAL; MM=0 means twice NN. */
function powers(values: Values): { nn: number; mm: number } {
  const nn = Number(values.get('NN') ?? 6);
  const mm = Number(values.get('MM') ?? 0);
  return { nn, mm: mm === 0 ? 2 * nn : mm };
}

function radii(values: Values): { r0: number; d0: number } {
  return { r0: Number(values.get('R_0')), d0: Number(values.get('D_0') ?? 0) };
}

function fermi(values: Values): SwitchingFunction | undefined {
  const [r0, ref, beta, lambda] = ['R_0', 'REF', 'BETA', 'LAMBDA'].map((key) => Number(values.get(key)));
  return lambda === 1 && r0 === ref ? { form: 'fermi', r0, beta } : undefined;
}

const readers: Record<
  string,
  { keys: string[]; needs: string[]; read: (values: Values) => SwitchingFunction | undefined } | undefined
> = {
  RATIONAL: {
    keys: ['R_0', 'D_0', 'NN', 'MM'],
    needs: ['R_0'],
    read: (values) => ({ form: 'rational', ...radii(values), ...powers(values) }),
  },
  GAUSSIAN: {
    keys: ['R_0', 'D_0'],
    needs: ['R_0'],
    read: (values) => ({ form: 'gaussian', ...radii(values) }),
  },
  Q: { keys: ['R_0', 'REF', 'BETA', 'LAMBDA'], needs: ['R_0'], read: fermi },
  CUBIC: {
    keys: ['D_0'],
    needs: ['D_MAX'],
    read: (values) => ({
      form: 'cubic',
      d0: Number(values.get('D_0') ?? 0),
      dmax: Number(values.get('D_MAX')),
    }),
  },
};

const areNumbers = (values: Values): boolean =>
  [...values.values()].every((value) => value !== '' && Number.isFinite(Number(value)));

/** What stands in PLUMED's `SWITCH={…}`, where it is one of ours to the last digit. */
export function readSwitch(text: string): SwitchingFunction | undefined {
  const [name = '', ...words] = text.trim().split(/\s+/);
  const reader = readers[name];
  const values: Values = new Map(words.map((word) => [word.split('=')[0], word.split('=')[1] ?? '']));
  if (!reader || ![...values.keys()].every((key) => key === 'D_MAX' || reader.keys.includes(key)))
    return undefined;
  if (!areNumbers(values) || !reader.needs.every((key) => values.has(key))) return undefined;
  const found = reader.read(values);
  return found && values.has('D_MAX') ? { ...found, dmax: Number(values.get('D_MAX')) } : found;
}

/** What `R_0`, `D_0`, `NN` and `MM` outside `SWITCH` mean: PLUMED cuts them off where s, without them, is 1e-5. */
export function readPlainSwitch(keywords: ReadonlyMap<string, string>): SwitchingFunction | undefined {
  const keys = ['R_0', 'D_0', 'NN', 'MM'];
  const values: Values = new Map([...keywords].filter(([key]) => keys.includes(key)));
  if (!areNumbers(values) || !values.has('R_0')) return undefined;
  const [{ r0, d0 }, { nn, mm }] = [radii(values), powers(values)];
  return { form: 'rational', r0, d0, nn, mm, dmax: d0 + r0 * 0.00001 ** (1 / (nn - mm)) };
}

/** A switching function as PLUMED's `SWITCH` has it. */
export function switchWords(switching: SwitchingFunction): string {
  if (switching.form === 'cubic') return `{CUBIC D_0=${switching.d0} D_MAX=${switching.dmax}}`;
  const { form, r0, dmax } = switching;
  const cutoff = dmax === undefined ? '' : ` D_MAX=${dmax}`;
  // Q is a logistic function of the distance to LAMBDA times REF
  if (form === 'fermi') return `{Q R_0=${r0} REF=${r0} BETA=${switching.beta} LAMBDA=1${cutoff}}`;
  const radii = `R_0=${r0} D_0=${switching.d0}`;
  if (form === 'gaussian') return `{GAUSSIAN ${radii}${cutoff}}`;
  return `{RATIONAL ${radii} NN=${switching.nn} MM=${switching.mm}${cutoff}}`;
}
