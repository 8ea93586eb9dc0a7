import type { SwitchingFunction } from '../../descriptors/index.js';

type Values = Map<string, string>;

/** PLUMED's defaults for RATIONAL; MM=0 means twice NN. */
function rational(values: Values): SwitchingFunction {
  const nn = Number(values.get('NN') ?? 6);
  const mm = Number(values.get('MM') ?? 0);
  return { form: 'rational', ...radii(values), nn, mm: mm === 0 ? 2 * nn : mm };
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
  { keys: string[]; read: (values: Values) => SwitchingFunction | undefined } | undefined
> = {
  RATIONAL: { keys: ['R_0', 'D_0', 'NN', 'MM'], read: rational },
  GAUSSIAN: {
    keys: ['R_0', 'D_0'],
    read: (values) => ({ form: 'gaussian', ...radii(values) }),
  },
  Q: { keys: ['R_0', 'REF', 'BETA', 'LAMBDA'], read: fermi },
};

/**
 * What stands in PLUMED's `SWITCH={…}`, where it is one of ours to the last digit: with `D_MAX` PLUMED cuts the
 * function off and stretches it, which ours are not.
 */
export function readSwitch(text: string): SwitchingFunction | undefined {
  const [name = '', ...words] = text.trim().split(/\s+/);
  const reader = readers[name];
  const values: Values = new Map(words.map((word) => [word.split('=')[0], word.split('=')[1] ?? '']));
  if (!reader || ![...values.keys()].every((key) => reader.keys.includes(key))) return undefined;
  const numeric = [...values.values()].every((value) => value !== '' && Number.isFinite(Number(value)));
  return numeric && values.has('R_0') ? reader.read(values) : undefined;
}
