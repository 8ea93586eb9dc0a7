// Tries definitions of descriptors and selections of atoms: any text is one or is refused with a LatentcvError.
// usage: node definitions.js CORPUS SECONDS SEED FINDINGS
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { formatDescriptor, formatReferences } from '../../src/descriptors/index.js';
import { DescriptorReader } from '../../src/native/index.js';
import { packageRoot } from '../../src/support/folders.js';
import {
  expandDefinition,
  parseDefinition,
  readDefinitionFile,
  readStructure,
  selectAtoms,
  type Definition,
  type Structure,
} from '../../src/trajectories/index.js';
import { fuzzTexts } from './run.js';

const alanine = join(packageRoot(), 'test', 'fixtures', 'trajectories', 'alanine.gro');
/** Structures keep the groups of definitions: after so many a new one is read. */
const usesOfStructure = 100;

let structure: Structure;
let uses = 0;

/** What is accepted means the same when it is read again, and C++ understands what comes of it. */
async function checkDefinition(definition: Definition): Promise<void> {
  for (const statement of definition.statements)
    assert.deepEqual(parseDefinition([statement.text]).statements, [statement]);
  const { set } = await expandDefinition(definition, structure);
  new DescriptorReader({
    descriptors: set.items.map(formatDescriptor),
    references: formatReferences(set.references ?? []),
    atoms: Uint32Array.from(set.atoms, (serial) => serial - 1),
    total: structure.size,
    minimumImage: set.pbc,
    threads: 1,
  });
}

await fuzzTexts(async (text) => {
  if (uses++ % usesOfStructure === 0) structure = await readStructure(alanine);
  const [kind, ...rest] = text.split(' ');
  const body = rest.join(' ');
  if (kind === 'select') {
    const atoms = selectAtoms(structure, body);
    assert.ok(atoms.length > 0 && atoms.every((atom, i) => atom < 22 && (i === 0 || atom > atoms[i - 1])));
  } else if (kind === 'file') {
    await checkDefinition(readDefinitionFile(body, 'definition.yaml'));
  } else {
    await checkDefinition(parseDefinition([text]));
  }
});
