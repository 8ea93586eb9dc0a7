const units: Record<string, number> = { fs: 1e-3, ps: 1, ns: 1e3, us: 1e6 };

/** `10ps`, `0.5 ns`; a plain number is in ps. Returns ps, NaN where it is no time. */
export function picoseconds(text: string): number {
  const [, digits, unit = 'ps'] = /^([\d.]+(?:e[-+]?\d+)?) ?(fs|ps|ns|us)?$/i.exec(text.trim()) ?? [];
  return digits === undefined ? NaN : Number(digits) * units[unit.toLowerCase()];
}
