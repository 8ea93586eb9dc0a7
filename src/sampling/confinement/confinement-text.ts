import { digits } from '../../support/index.js';
import { confinementSchema, type Confinement } from './confinement.js';

const words = ['distance', 'depth', 'radial'];

/** In a line: `sphere distance=d radius=1.5 kappa=10000`; what `parseConfinement` reads back. */
export function confinementText({ kind, ...rest }: Confinement): string {
  const given = Object.entries(rest).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${typeof value === 'number' ? digits(value, 12) : value}`],
  );
  return [kind, ...given].join(' ');
}

/**
 * Reads `sphere distance=d radius=1.5 kappa=10000`, `cylinder distance=d depth=z radial=r from=-0.3 to=2 radius=0.4 kappa=10000`
 * or `funnel … neck=1.1 angle=0.5`.
 * @returns what is wrong with it, as a sentence's end, where it cannot be read
 */
export function parseConfinement(text: string): Confinement | { problem: string } {
  const [kind = '', ...pairs] = text.trim().split(/\s+/);
  const found: Record<string, unknown> = { kind };
  for (const pair of pairs) {
    const [, key, value] = /^(\w+)=(.+)$/.exec(pair) ?? [];
    if (key === undefined) return { problem: `${pair} is no key=value` };
    if (key in found) return { problem: `${key} is given twice` };
    found[key] = words.includes(key) ? value : Number(value);
  }
  const read = confinementSchema.safeParse(found);
  if (!read.success) {
    const { path, message } = read.error.issues[0];
    return { problem: `${path.join('.')}: ${message.toLowerCase()}` };
  }
  const known = new Set(Object.keys(read.data));
  const odd = Object.keys(found).find((key) => !known.has(key));
  if (odd !== undefined) return { problem: `a ${kind} has no ${odd}` };
  if (read.data.kind !== 'sphere' && read.data.to <= read.data.from)
    return { problem: `its end, to=${read.data.to}, lies before from=${read.data.from}` };
  return read.data;
}
