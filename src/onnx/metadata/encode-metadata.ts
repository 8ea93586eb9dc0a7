import {
  formatDescriptors,
  formatPoint,
  formatReferences,
  type DescriptorSet,
} from '../../descriptors/index.js';
import { LatentcvError } from '../../support/index.js';
import { expectComponentNames } from './component-names.js';
import type { CheckVectors, KolmogorovFacts, ModelInput, ModelMetadata, ModelOutput } from './metadata.js';

/** Version of the metadata's layout. */
export const metadataFormat = '1';

/**
 * Metadata as the plain text of `metadata_props`. Numbers are printed so that they read back bit for bit.
 * The training record comes last, so that a file cut off anywhere is known to be cut off.
 * @throws LatentcvError `bad-model` for a label with a line break, a name that PLUMED has no use for, or a number that
 * is not finite.
 */
export function encodeMetadata(metadata: ModelMetadata): Record<string, string> {
  const { inputs, outputs, check } = metadata;
  expectComponentNames(outputs.map(({ name }) => name));
  return {
    'latentcv.format': metadataFormat,
    'latentcv.generator': metadata.generator,
    'latentcv.method': metadata.method,
    ...(metadata.references?.length && { 'latentcv.method.references': lines(metadata.references) }),
    'latentcv.network': metadata.network,
    'latentcv.inputs': lines(inputs.map(({ label }) => label)),
    'latentcv.inputs.units': lines(inputs.map(({ unit }) => unit)),
    ...ranges('latentcv.inputs', inputs),
    'latentcv.outputs': lines(outputs.map(({ name }) => name)),
    ...ranges('latentcv.outputs', outputs),
    ...(metadata.descriptors ? encodeDescriptors(metadata.descriptors) : {}),
    ...(metadata.properties ? { 'latentcv.properties': lines(metadata.properties) } : {}),
    ...(metadata.kolmogorov ? encodeKolmogorov(metadata.kolmogorov) : {}),
    ...(metadata.features ? { 'latentcv.features': lines(metadata.features) } : {}),
    ...(metadata.decoder ? { 'latentcv.decoder': Buffer.from(metadata.decoder).toString('base64') } : {}),
    'latentcv.check.inputs': rows(check.inputs),
    'latentcv.check.cv': rows(check.cv),
    'latentcv.check.jacobian': rows(check.jacobian),
    ...(check.uncertainty ? { 'latentcv.check.uncertainty': rows(check.uncertainty) } : {}),
    ...(check.uncertaintyGradient
      ? { 'latentcv.check.uncertainty.gradient': rows(check.uncertaintyGradient) }
      : {}),
    ...(check.reconstruction ? { 'latentcv.check.reconstruction': rows(check.reconstruction) } : {}),
    ...(check.property && check.propertyJacobian
      ? {
          'latentcv.check.property': rows(check.property),
          'latentcv.check.property.jacobian': rows(check.propertyJacobian),
        }
      : {}),
    ...encodeSides(check),
    'latentcv.training': JSON.stringify(metadata.training ?? null),
  };
}

function encodeKolmogorov({ temperature, lambda, epsilon }: KolmogorovFacts): Record<string, string> {
  return {
    'latentcv.kolmogorov.temperature': numbers([temperature]),
    'latentcv.kolmogorov.lambda': numbers([lambda]),
    'latentcv.kolmogorov.epsilon': numbers([epsilon]),
    'latentcv.units.energy': 'kJ/mol',
  };
}

function encodeSides({ sides = {} }: CheckVectors): Record<string, string> {
  return Object.fromEntries(
    Object.entries(sides).flatMap(([name, { value, gradient }]) => [
      [`latentcv.check.${name}`, rows(value)],
      [`latentcv.check.${name}.gradient`, rows(gradient)],
    ]),
  );
}

function ranges(key: string, variables: readonly (ModelInput | ModelOutput)[]): Record<string, string> {
  return {
    [`${key}.periods`]: lines(variables.map(({ period }) => (period ? numbers(period) : 'none'))),
    ...bounds(
      `${key}.min`,
      variables.map(({ min }) => min),
    ),
    ...bounds(
      `${key}.max`,
      variables.map(({ max }) => max),
    ),
  };
}

/** Left out where one is not known: a reader then has none to rely on. */
function bounds(key: string, values: readonly (number | undefined)[]): Record<string, string> {
  const known = values.filter((value) => value !== undefined);
  return known.length < values.length ? {} : { [key]: lines(known.map((value) => numbers([value]))) };
}

function encodeDescriptors(set: DescriptorSet): Record<string, string> {
  const { atoms, items, references, points, pbc, lengthUnit, names } = set;
  return {
    'latentcv.atoms': lines(atoms.map((serial) => numbers([serial]))),
    ...(names && { 'latentcv.atoms.names': lines(names) }),
    'latentcv.descriptors': lines(formatDescriptors(items)),
    ...(references && { 'latentcv.descriptors.references': lines(formatReferences(references)) }),
    ...(points && { 'latentcv.descriptors.points': lines(points.map(formatPoint)) }),
    'latentcv.descriptors.pbc': pbc ? 'minimum-image' : 'none',
    'latentcv.units.length': lengthUnit,
  };
}

function lines(items: readonly string[]): string {
  const broken = items.find((item) => /[\r\n]/.test(item));
  if (broken !== undefined)
    throw new LatentcvError('bad-model', `expected one line but received ${JSON.stringify(broken)}`);
  return items.join('\n');
}

function rows(table: readonly (readonly number[])[]): string {
  return lines(table.map(numbers));
}

function numbers(values: readonly number[]): string {
  const bad = values.find((value) => !Number.isFinite(value));
  if (bad !== undefined)
    throw new LatentcvError('bad-model', `expected finite numbers in the metadata but received ${bad}`);
  return values.map((value) => (Object.is(value, -0) ? '-0' : String(value))).join(' ');
}
