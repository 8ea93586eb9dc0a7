import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { descriptorSet } from '../../src/descriptors/index.js';
import { findChemfiles } from '../../src/native/index.js';
import { cacheFolder, packageRoot } from '../../src/support/folders.js';
import {
  readStructure,
  readTrajectory,
  type Structure,
  type TrajectoryReading,
} from '../../src/trajectories/index.js';
import { temporaryFolder } from '../temporary-folder.js';

const written = join(packageRoot(), 'native', 'test', 'trajectories', 'data');
const folder = temporaryFolder('readable');
const pack = join(packageRoot(), 'test', 'fixtures', 'pack.py');
const main = join(packageRoot(), 'dist', 'src', 'cli', 'main.js');

const set = descriptorSet([
  { kind: 'distance', atoms: [1, 5] },
  { kind: 'torsion', atoms: [2, 4, 7, 12] },
]);
const read = (path: string, reading: TrajectoryReading = {}) =>
  readTrajectory([path], { set, atoms: 12 }, { threads: 1, timestep: 2, ...reading });

const positionsOf = (structure: Structure): Float64Array => structure.places().positions;

/** Packs a copy, and returns the names without the packings' endings. */
function packed(name: string): string {
  copyFileSync(join(written, name), join(folder, name));
  execFileSync('python3', [pack, join(folder, name), folder]);
  return join(folder, name);
}

const files = readdirSync(written).filter((name) => /\.(xtc|trr|dcd|nc|gro|pdb|xyz|lammpstrj)$/.test(name));

describe('packed files of frames', () => {
  for (const name of files)
    it(`are the plain one in every bit (${name})`, async () => {
      const plain = packed(name);
      const { data, time } = await read(plain);
      const structure = await readStructure(plain);
      for (const ending of ['.gz', '.bz2', '.xz']) {
        const other = await read(plain + ending);
        assert.deepEqual(other.data, data);
        assert.deepEqual(other.time, time);
        const same = await readStructure(plain + ending);
        assert.deepEqual(positionsOf(same), positionsOf(structure));
        assert.deepEqual(same.box, structure.box);
        assert.deepEqual([...same.names], [...structure.names]);
        assert.deepEqual([...same.residueNames], [...structure.residueNames]);
      }
    });

  it('are told by their first bytes, whatever their name, in the format that is named', async () => {
    copyFileSync(`${packed('mdtraj.xyz')}.bz2`, join(folder, 'frames'));
    const { data } = await read(join(folder, 'frames'), { format: 'xyz' });
    assert.deepEqual(data, (await read(join(written, 'mdtraj.xyz'))).data);
  });

  it('are called by the name that was given in errors and warnings', async () => {
    const path = join(folder, 'other.gro.gz');
    copyFileSync(`${packed('mdtraj.gro')}.gz`, path);
    await assert.rejects(readTrajectory([path], { set, atoms: 13 }), {
      message: new RegExp(`^${path}, frame 0: expected 13 atoms but received 12`),
    });
  });

  it('that are cut off are refused, and their good frames taken where that is wanted', async () => {
    const path = join(folder, 'cut.xyz.gz');
    const bytes = readFileSync(`${packed('mdtraj.xyz')}.gz`);
    writeFileSync(path, bytes.subarray(0, Math.floor(0.7 * bytes.length)));
    await assert.rejects(read(path), {
      code: 'file-format',
      message: `cannot unpack ${path} (gzip): it is cut off`,
      hint: '‘salvage’ takes the frames that are good',
    });
    const { frames, data } = await read(path, { salvage: true });
    assert.ok(frames > 0 && frames < 4);
    assert.deepEqual(data, (await read(join(written, 'mdtraj.xyz'))).data.subarray(0, 2 * frames));
  });

  it('archives of files are refused with what to do', async () => {
    const path = join(folder, 'frames.xtc');
    writeFileSync(path, 'PK\x03\x04 and what a ZIP archive has');
    await assert.rejects(read(path), { code: 'other-kind', message: /is a ZIP archive$/, hint: /unzip/ });
  });
});

const chemfiles = await findChemfiles().catch(() => undefined);

describe('chemfiles, in a process of its own', { skip: !chemfiles && 'chemfiles is not there' }, () => {
  const mol2 = join(folder, 'water.mol2');
  const atoms = ['O 0.0 0.0 0.1 O.3', 'H1 0.0 0.7572 -0.4692 H', 'H2 0.0 -0.7572 -0.4692 H'];
  const lines = atoms.map((atom, i) => `${i + 1} ${atom} 1 HOH1 0.0`);
  writeFileSync(
    mol2,
    `@<TRIPOS>MOLECULE\nwater\n3 2 1 0 0\nSMALL\nNO_CHARGES\n\n@<TRIPOS>ATOM\n${lines.join('\n')}\n@<TRIPOS>BOND\n1 1 2 1\n2 1 3 1\n`,
  );

  it('reads what we do not: positions, names and bonds', async () => {
    const structure = await readStructure(mol2);
    assert.deepEqual([...structure.names], ['O', 'H1', 'H2']);
    assert.deepEqual([...positionsOf(structure)].map((x) => Number(x.toFixed(6))), [
      0, 0, 0.01, 0, 0.07572, -0.04692, 0, -0.07572, -0.04692,
    ]); // prettier-ignore
    const bond = descriptorSet([{ kind: 'distance', atoms: [1, 2] }]);
    const { data } = await readTrajectory([mol2], { set: bond, atoms: 3 });
    assert.ok(Math.abs(data[0] - Math.hypot(0.07572, 0.05692)) < 1e-12);
  });

  it('reads them packed, too', async () => {
    execFileSync('python3', [pack, mol2, folder]);
    for (const ending of ['.gz', '.bz2', '.xz'])
      assert.deepEqual(
        positionsOf(await readStructure(mol2 + ending)),
        positionsOf(await readStructure(mol2)),
      );
  });

  it('says in a sentence what it refuses', async () => {
    const path = join(folder, 'cut.mol2');
    writeFileSync(path, readFileSync(mol2).subarray(0, 120));
    await assert.rejects(readStructure(path), (error: Error & { code: string }) => {
      assert.equal(error.code, 'bad-data');
      assert.ok(error.message.includes(path));
      return true;
    });
  });

  // a library that does what chemfiles does on damaged files
  const broken = (body: string): string => {
    const name = join(folder, `lib${Math.random().toString(36).slice(2)}.so`);
    writeFileSync(
      `${name}.c`,
      `#include <signal.h>\n#include <unistd.h>\nconst char* chfl_version(void) { ${body} return "0.10.0"; }\n`,
    );
    execFileSync('cc', ['-shared', '-fPIC', '-o', name, `${name}.c`]);
    return name;
  };

  const run = (library: string, patience = '60') =>
    spawn(process.execPath, [main, 'descriptors', mol2], {
      env: { ...process.env, CHEMFILES: library, LATENTCV_CHEMFILES_PATIENCE: patience },
      stdio: ['ignore', 'ignore', 'pipe'],
    });

  const ended = async (child: ReturnType<typeof run>): Promise<[string, number | null]> => {
    let text = '';
    child.stderr.setEncoding('utf8').on('data', (more: string) => (text += more));
    return new Promise((resolve) => child.on('close', (code) => resolve([text, code])));
  };

  it('that crashes is a sentence', async () => {
    const [text, code] = await ended(run(broken('raise(SIGSEGV);')));
    assert.match(
      text,
      new RegExp(`^error: chemfiles crashed \\(SIGSEGV\\) reading ${mol2}\nhint: convert it`),
    );
    assert.equal(code, 1);
  });

  it('that hangs is a sentence, too, and is ended', async () => {
    const [text, code] = await ended(run(broken('for (;;) pause();'), '2'));
    assert.match(
      text,
      new RegExp(`^error: chemfiles did not come back from ${mol2} in 2 s\nhint: convert it`),
    );
    assert.equal(code, 1);
  });

  it('ends with the one who asked, however that ends', { skip: !existsSync('/proc/self') }, async () => {
    const library = broken('for (;;) pause();');
    const child = run(library);
    const processes = (): string[] =>
      readdirSync('/proc').filter((id) => {
        try {
          return /^\d+$/.test(id) && readFileSync(`/proc/${id}/cmdline`, 'latin1').includes('foreign-process.js') && readFileSync(`/proc/${id}/cmdline`, 'latin1').includes(library);
        } catch {
          return false;
        }
      }); // prettier-ignore
    const until = async (count: number): Promise<void> => {
      for (let i = 0; i < 200 && processes().length !== count; i++)
        await new Promise((resolve) => setTimeout(resolve, 50));
      assert.equal(processes().length, count);
    };
    await until(1);
    child.kill('SIGKILL');
    await until(0);
  });
});

it(
  'set-up has chemfiles, so that its tests run',
  { skip: !existsSync(join(cacheFolder(), 'chemfiles')) },
  () => {
    assert.ok(chemfiles);
  },
);
