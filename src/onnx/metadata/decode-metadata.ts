import { z } from 'zod';
import {
  alignmentProblem,
  parseDescriptors,
  parsePoints,
  parseReferences,
  periodProblem,
  type DescriptorSet,
} from '../../descriptors/index.js';
import { LatentcvError } from '../../support/index.js';
import { expectComponentNames } from './component-names.js';
import { metadataFormat } from './encode-metadata.js';
import {
  sideNames,
  type CheckVectors,
  type ModelInput,
  type ModelMetadata,
  type ModelOutput,
  type SideCheck,
  type Sides,
} from './metadata.js';

const lines = z.string().transform((text) => text.split('\n').map((line) => line.replace(/\r$/, '')));
const row = z.string().transform((line, context) => {
  const values = line.trim().split(/\s+/).filter(Boolean).map(Number);
  if (values.every(Number.isFinite)) return values;
  context.addIssue(`expected finite numbers but received ${JSON.stringify(line)}`);
  return z.NEVER;
});
const table = lines.pipe(z.array(row));
const positive = z.string().transform(Number).pipe(z.number().positive());
const column = table.transform((rows) => rows.flat());
const period = row.refine(
  ([lower, upper, ...rest]) => rest.length === 0 && lower < upper,
  'expected "none" or "lower upper"',
);
const periods = lines.pipe(z.array(z.union([z.literal('none').transform(() => undefined), period])));
const bytes = z.base64('expected an ONNX file in base64').transform((text) => Buffer.from(text, 'base64'));
const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue('expected JSON');
    return z.NEVER;
  }
});

/** The keys of `metadata_props`, each turned from text into what it means. */
const properties = z.object({
  'latentcv.format': z.literal(
    metadataFormat,
    `expected ${metadataFormat}: the file was made by another version of latentcv`,
  ),
  'latentcv.generator': z.string(),
  'latentcv.method': z.string(),
  'latentcv.method.references': lines.optional(),
  'latentcv.network': z.string(),
  'latentcv.inputs': lines,
  'latentcv.inputs.units': lines,
  'latentcv.inputs.periods': periods,
  'latentcv.inputs.min': column.optional(),
  'latentcv.inputs.max': column.optional(),
  'latentcv.outputs': lines,
  'latentcv.outputs.periods': periods,
  'latentcv.outputs.min': column,
  'latentcv.outputs.max': column,
  'latentcv.atoms': column.optional(),
  'latentcv.atoms.names': lines.optional(),
  'latentcv.descriptors': lines.optional(),
  'latentcv.descriptors.references': table.optional(),
  'latentcv.descriptors.points': lines.optional(),
  'latentcv.descriptors.pbc': z.enum(['minimum-image', 'none']).optional(),
  'latentcv.units.length': z.literal('nm').optional(),
  'latentcv.properties': lines.optional(),
  'latentcv.kolmogorov.temperature': positive.optional(),
  'latentcv.kolmogorov.lambda': positive.optional(),
  'latentcv.kolmogorov.epsilon': positive.optional(),
  'latentcv.units.energy': z.literal('kJ/mol').optional(),
  'latentcv.features': lines.optional(),
  'latentcv.decoder': bytes.optional(),
  'latentcv.check.inputs': table,
  'latentcv.check.cv': table,
  'latentcv.check.jacobian': table,
  'latentcv.check.uncertainty': table.optional(),
  'latentcv.check.uncertainty.gradient': table.optional(),
  'latentcv.check.reconstruction': table.optional(),
  'latentcv.check.property': table.optional(),
  'latentcv.check.property.jacobian': table.optional(),
  'latentcv.check.committor': table.optional(),
  'latentcv.check.committor.gradient': table.optional(),
  'latentcv.check.kolmogorov': table.optional(),
  'latentcv.check.kolmogorov.gradient': table.optional(),
  'latentcv.training': json,
});
type Properties = z.infer<typeof properties>;

/** What `export_onnx.py` and other programs may say of their own files. */
const namesOnly = new Set(['latentcv.inputs', 'latentcv.outputs']);

/** Whether a file says that it is one of ours. */
export function hasMetadata(text: Readonly<Record<string, string>>): boolean {
  return Object.keys(text).some((key) => key.startsWith('latentcv.') && !namesOnly.has(key));
}

/**
 * Reads what `encodeMetadata` wrote. Keys we do not know are left alone.
 * What the file does not say has no key, as in what was written.
 * @throws LatentcvError `bad-model` naming the key that is missing, does not parse or has the wrong length.
 */
export function decodeMetadata(text: Readonly<Record<string, string>>): ModelMetadata {
  const result = properties.safeParse(text);
  if (!result.success) throw badKey(text, result.error.issues[0]);
  const found = result.data;
  checkCounts(found);
  expectComponentNames(found['latentcv.outputs']);
  const descriptors = decodeDescriptors(found);
  return {
    generator: found['latentcv.generator'],
    method: found['latentcv.method'],
    ...(found['latentcv.method.references'] && { references: found['latentcv.method.references'] }),
    network: found['latentcv.network'],
    inputs: found['latentcv.inputs'].map((label, i) => ({
      label,
      unit: found['latentcv.inputs.units'][i],
      ...inputVariable(found, i),
    })),
    outputs: found['latentcv.outputs'].map((name, i) => ({ name, ...outputVariable(found, i) })),
    ...(descriptors ? { descriptors } : {}),
    ...(found['latentcv.properties'] ? { properties: found['latentcv.properties'] } : {}),
    ...kolmogorovOf(found),
    ...(found['latentcv.features'] && { features: found['latentcv.features'] }),
    ...(found['latentcv.decoder'] && { decoder: found['latentcv.decoder'] }),
    check: checkVectors(found),
    training: found['latentcv.training'],
  };
}

/** All three numbers, and the unit, of the output `kolmogorov`; or none of them. */
function kolmogorovOf(found: Properties): Pick<ModelMetadata, 'kolmogorov'> {
  const { 'latentcv.kolmogorov.temperature': temperature, 'latentcv.kolmogorov.lambda': lambda } = found;
  const { 'latentcv.kolmogorov.epsilon': epsilon, 'latentcv.units.energy': unit } = found;
  if (temperature && lambda && epsilon && unit) return { kolmogorov: { temperature, lambda, epsilon } };
  if (!temperature && !lambda && !epsilon) return {};
  throw new LatentcvError(
    'bad-model',
    'expected latentcv.kolmogorov.temperature, .lambda, .epsilon and latentcv.units.energy together but only some are in the file',
  );
}

function sideChecks(found: Properties): Sides<SideCheck> {
  const sides: Sides<SideCheck> = {};
  for (const name of sideNames) {
    const value = found[`latentcv.check.${name}`];
    const gradient = found[`latentcv.check.${name}.gradient`];
    if (value && gradient) sides[name] = { value, gradient };
  }
  return sides;
}

function checkVectors(found: Properties): CheckVectors {
  const uncertainty = found['latentcv.check.uncertainty'];
  const uncertaintyGradient = found['latentcv.check.uncertainty.gradient'];
  const reconstruction = found['latentcv.check.reconstruction'];
  const sides = sideChecks(found);
  return {
    inputs: found['latentcv.check.inputs'],
    cv: found['latentcv.check.cv'],
    jacobian: found['latentcv.check.jacobian'],
    uncertainty,
    uncertaintyGradient,
    ...(reconstruction && { reconstruction }),
    ...(found['latentcv.check.property'] && { property: found['latentcv.check.property'] }),
    ...(found['latentcv.check.property.jacobian'] && {
      propertyJacobian: found['latentcv.check.property.jacobian'],
    }),
    ...(Object.keys(sides).length > 0 && { sides }),
  };
}

function domain(
  found: Properties,
  side: 'inputs' | 'outputs',
  at: number,
): readonly [number, number] | undefined {
  const bounds = found[`latentcv.${side}.periods`][at];
  return bounds && [bounds[0], bounds[1]];
}

function inputVariable(found: Properties, at: number): Pick<ModelInput, 'period' | 'min' | 'max'> {
  const period = domain(found, 'inputs', at);
  const { 'latentcv.inputs.min': min, 'latentcv.inputs.max': max } = found;
  return { ...(period && { period }), ...(min && max && { min: min[at], max: max[at] }) };
}

function outputVariable(found: Properties, at: number): Pick<ModelOutput, 'period' | 'min' | 'max'> {
  const period = domain(found, 'outputs', at);
  const range = { min: found['latentcv.outputs.min'][at], max: found['latentcv.outputs.max'][at] };
  return period ? { period, ...range } : range;
}

function badKey(text: Readonly<Record<string, string>>, { path, message }: z.core.$ZodIssue): LatentcvError {
  const [key, line] = path;
  const where = typeof line === 'number' ? `line ${line + 1} of ${String(key)}` : String(key);
  if (text[String(key)] !== undefined) {
    const hint = key === 'latentcv.format' ? otherFormat(text) : undefined;
    return new LatentcvError('bad-model', `${where}: ${message}`, hint);
  }
  return new LatentcvError(
    'bad-model',
    `the metadata lacks ${where}`,
    'the file was cut off or edited; copy or export it again',
  );
}

function otherFormat(text: Readonly<Record<string, string>>): string {
  return `take the version that made it (${text['latentcv.generator'] ?? 'it does not say which'}), or train anew with this one`;
}

function checkCounts(found: Properties): void {
  const d = found['latentcv.inputs'].length;
  const k = found['latentcv.outputs'].length;
  for (const part of ['units', 'periods', 'min', 'max'] as const)
    if (found[`latentcv.inputs.${part}`]) checkCount(found, `latentcv.inputs.${part}`, d);
  if (!found['latentcv.inputs.min'] !== !found['latentcv.inputs.max'])
    throw new LatentcvError(
      'bad-model',
      'expected latentcv.inputs.min and latentcv.inputs.max together but only one is in the file',
    );
  for (const part of ['periods', 'min', 'max'] as const) checkCount(found, `latentcv.outputs.${part}`, k);
  const p = found['latentcv.properties']?.length ?? 0;
  const rows = found['latentcv.check.inputs'].length;
  const widths = {
    'latentcv.check.inputs': d,
    'latentcv.check.cv': k,
    'latentcv.check.jacobian': k * d,
    'latentcv.check.uncertainty': 1,
    'latentcv.check.uncertainty.gradient': d,
    'latentcv.check.reconstruction': d,
    'latentcv.check.property': p,
    'latentcv.check.property.jacobian': p * d,
    'latentcv.check.committor': 1,
    'latentcv.check.committor.gradient': d,
    'latentcv.check.kolmogorov': 1,
    'latentcv.check.kolmogorov.gradient': d,
  } as const;
  for (const [name, width] of Object.entries(widths)) {
    const key = name as keyof typeof widths;
    if (found[key] === undefined) continue;
    checkCount(found, key, rows);
    checkWidths(found[key], key, width);
  }
}

function checkCount(found: Properties, key: keyof Properties, expected: number): void {
  const { length } = found[key] as unknown[];
  if (length !== expected)
    throw new LatentcvError('bad-model', `expected ${expected} lines in ${key} but received ${length}`);
}

function checkWidths(rows: readonly number[][], key: string, width: number): void {
  const at = rows.findIndex((values) => values.length !== width);
  if (at < 0) return;
  const got = `${rows[at].length} in line ${at + 1}`;
  throw new LatentcvError('bad-model', `expected ${width} numbers per line of ${key} but received ${got}`);
}

function decodeDescriptors(found: Properties): DescriptorSet | undefined {
  const atoms = found['latentcv.atoms'];
  const descriptors = found['latentcv.descriptors'];
  if (!atoms && !descriptors) return undefined;
  if (!atoms || !descriptors) {
    throw new LatentcvError(
      'bad-model',
      'expected latentcv.atoms and latentcv.descriptors together but only one is in the file',
    );
  }
  const bad = atoms.find((serial) => !(Number.isInteger(serial) && serial > 0));
  if (bad !== undefined)
    throw new LatentcvError(
      'bad-model',
      `expected atom serials from 1 in latentcv.atoms but received ${bad}`,
    );
  const names = found['latentcv.atoms.names'];
  if (names) checkCount(found, 'latentcv.atoms.names', atoms.length);
  checkCount(found, 'latentcv.descriptors', found['latentcv.inputs'].length);
  const pointLines = found['latentcv.descriptors.points'] ?? [];
  const places = atoms.length + pointLines.length;
  const items = parseDescriptors(descriptors, places);
  const references = parseReferences(found['latentcv.descriptors.references'] ?? [], places);
  const points = parsePoints(pointLines, atoms.length, references);
  items.forEach((item, i) => {
    const misaligned = alignmentProblem(item, references);
    if (misaligned !== undefined)
      throw new LatentcvError('bad-model', `line ${i + 1} of latentcv.descriptors: expected ${misaligned}`);
    const problem = periodProblem(item, domain(found, 'inputs', i));
    if (problem !== undefined)
      throw new LatentcvError('bad-model', `line ${i + 1} of latentcv.inputs.periods: expected ${problem}`);
  });
  const pbc = found['latentcv.descriptors.pbc'] !== 'none';
  return {
    atoms,
    items,
    pbc,
    lengthUnit: 'nm',
    ...(references.length > 0 && { references }),
    ...(points.length > 0 && { points }),
    ...(names && { names }),
  };
}
