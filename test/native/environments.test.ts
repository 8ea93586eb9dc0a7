import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import {
  descriptorSet,
  type AcsfDescriptor,
  type Descriptor,
  type SoapDescriptor,
} from '../../src/descriptors/index.js';
import { loadNativeModel } from '../../src/native/index.js';
import { packageRoot } from '../../src/support/folders.js';
import { saveIdentity } from '../plugin/identity-model.js';
import { temporaryFolder } from '../temporary-folder.js';

interface Block {
  elements: string[];
  basis: [number, number, number, number];
  average: SoapDescriptor['average'];
  weighting: SoapDescriptor['weighting'];
  values: number[];
}

/** What DScribe 2.1.2 gives, Å: test/fixtures/dscribe/make.py. */
interface Table {
  symbols: string[];
  positions: number[][];
  cell: number[][];
  soap: Block[];
  acsf: {
    cutoff: number;
    radial: [number, number][];
    angular: [number, number, 1 | -1][];
    blocks: { elements: number[]; values: number[] }[];
  };
}

const tables = JSON.parse(
  readFileSync(join(packageRoot(), 'test', 'fixtures', 'dscribe', 'table.json'), 'utf8'),
) as Record<string, Table>;

const elementOf: Record<number, string> = { 8: 'O', 22: 'Ti', 38: 'Sr' };

const serialsOf = ({ symbols }: Table, element: string): number[] =>
  symbols.flatMap((symbol, i) => (symbol === element ? [i + 1] : []));

/** In DScribe's order: by degree, then by the first function and the second. */
function soapBlock(table: Table, { elements, basis, average, weighting }: Block): SoapDescriptor[] {
  const [functions, degree, cutoff, sigma] = basis;
  const [partners, others] = elements.map((element) => serialsOf(table, element));
  const alike = elements[0] === elements[1];
  const each = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
  return each(degree + 1).flatMap((l) =>
    each(functions).flatMap((first) =>
      each(functions)
        .slice(alike ? first : 0)
        .map((second): SoapDescriptor => ({
          kind: 'soap',
          atoms: table.symbols.map((_, i) => i + 1),
          partners,
          ...(!alike && { others }),
          basis: { functions, degree, cutoff: cutoff / 10, sigma: sigma / 10 },
          weighting,
          average,
          spectrum: { first, second, degree: l },
        })),
    ),
  );
}

function acsfBlock(table: Table, numbers: number[]): AcsfDescriptor[] {
  const { cutoff, radial, angular } = table.acsf;
  const [atoms, partners, others] = numbers.map((number) => serialsOf(table, elementOf[number]));
  const common = { kind: 'acsf', atoms, partners, cutoff: cutoff / 10 } as const;
  if (numbers.length === 2)
    return radial.map(([eta, shift]) => ({
      ...common,
      function: { of: 'radial', eta: 100 * eta, shift: shift / 10 },
    }));
  return angular.map(([eta, zeta, lambda]) => ({
    ...common,
    ...(numbers[1] !== numbers[2] && { others }),
    function: { of: 'angular', eta: 100 * eta, zeta, lambda },
  }));
}

const folder = temporaryFolder('environments');

/** Of a model whose outputs are its inputs. */
async function valuesOf(table: Table, descriptors: Descriptor[]): Promise<Float64Array> {
  const set = descriptorSet(descriptors);
  const path = join(folder, 'model.onnx');
  await saveIdentity(path, set);
  const positions = set.atoms.flatMap((serial) => table.positions[serial - 1].map((x) => x / 10));
  const box = table.cell.flat().map((x) => x / 10);
  const model = loadNativeModel(path, { precision: 'double' });
  return model.evaluateAtoms(Float64Array.from(positions), Float64Array.from(box)).cv;
}

/** Each within 1e-8 of itself, or, where terms cancel, within 1e-12 of the largest. */
function assertClose(found: ArrayLike<number>, expected: readonly number[], what: string): void {
  const largest = Math.max(...expected.map(Math.abs));
  assert.equal(found.length, expected.length);
  for (const [i, value] of expected.entries())
    assert.ok(
      Math.abs(found[i] - value) <= 1e-8 * Math.abs(value) + 1e-12 * largest,
      `${what}, ${i}: ${found[i]} instead of ${value}`,
    );
}

for (const [name, table] of Object.entries(tables))
  describe(`environments of a ${name} are DScribe's, number by number`, () => {
    for (const block of table.soap)
      it(`soap ${block.elements.join('-')} ${block.basis.join(' ')} ${block.average} ${block.weighting}`, async () => {
        // of hundreds a few: a model whose outputs are its inputs grows as their square
        const step = block.values.length > 100 ? 9 : 1;
        const some = <T>(list: T[]): T[] => list.filter((_, i) => i % step === 0);
        assertClose(await valuesOf(table, some(soapBlock(table, block))), some(block.values), 'soap');
      });
    it('acsf of every element of centres and neighbours', async () => {
      const descriptors = table.acsf.blocks.flatMap(({ elements }) => acsfBlock(table, elements));
      const expected = table.acsf.blocks.flatMap(({ values }) => values);
      assertClose(await valuesOf(table, descriptors), expected, 'acsf');
    });
  });
