// Names the modes that latentcv states found by the structures that it wrote of them, and holds states by rules and ΔG° against the
// reference's: the free energy of each state against all else.
// usage: node judge.mjs [--short] expected.json states/states.json rules/states.json
//        --short: a run too short for modes and free energies; it has to have been in three of the four pairs
//        node judge.mjs --record reference/states.json     what expected.json is to say
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { argv } from 'node:process';

const words = argv.slice(2);
const files = words.filter((word) => !word.startsWith('--'));
const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
const round = (value, places) => (value === null ? null : Number(value.toFixed(places)));

if (words.includes('--record')) {
  const { temperature, states, binding } = read(files[0]);
  const energies = ({ deltaG, error }) => ({ deltaG: round(deltaG, 3), error: round(error, 3) });
  const told = ({ population, error, transitions }) => ({
    population: round(population, 4),
    error: round(error, 4),
    transitions,
  });
  const expected = {
    comment:
      'two runs of OPES along n1, n7 and o4 themselves (reference.dat), states by rules.txt; README.md says how long',
    temperature,
    modes: ['WC', 'reversed-WC', 'Hoogsteen', 'reversed-Hoogsteen'],
    states: Object.fromEntries(states.map((state) => [state.name, told(state)])),
    binding: Object.fromEntries([binding.total, ...binding.modes].map((each) => [each.name, energies(each)])),
  };
  console.log(JSON.stringify(expected, null, 2));
} else judge(words.includes('--short'), ...files);

/** Frames of a GRO file: of each the heavy atoms, as a map of residue and name to positions. */
function framesOf(file) {
  const lines = readFileSync(file, 'utf8').split('\n');
  const frames = [];
  for (let at = 0; at + 1 < lines.length && lines[at + 1].trim() !== '';) {
    const count = Number(lines[at + 1]);
    const atoms = lines.slice(at + 2, at + 2 + count).map((line) => ({
      residue: line.slice(5, 10).trim(),
      name: line.slice(10, 15).trim(),
      place: line.slice(20).trim().split(/\s+/, 3).map(Number),
    }));
    frames.push(atoms.filter(({ name }) => !name.startsWith('H')));
    at += count + 3;
  }
  return frames;
}

/** By which nitrogen of adenine uracil's N3 is nearest, and by which oxygen its amino group has: of one frame. */
function pairOf(atoms) {
  const at = (residue, name) => atoms.find((atom) => atom.residue === residue && atom.name === name).place;
  const centre = (residue) => {
    const own = atoms.filter((atom) => atom.residue === residue);
    return [0, 1, 2].map((k) => own.reduce((sum, { place }) => sum + place[k], 0) / own.length);
  };
  const distance = (a, b) => Math.hypot(...a.map((x, k) => x - b[k]));
  const edges = { WC: 'N1', Hoogsteen: 'N7', N3: 'N3' };
  const near = (edge) => distance(at('MAD', edges[edge]), at('MUR', 'N3'));
  const [edge] = Object.keys(edges).sort((a, b) => near(a) - near(b));
  if (near(edge) > 0.42) return distance(centre('MAD'), centre('MUR')) < 0.45 ? 'stacked' : 'apart';
  const [o2, o4] = ['O2', 'O4'].map((oxygen) => distance(at('MAD', 'N6'), at('MUR', oxygen)));
  return o2 < o4 && edge !== 'N3' ? `reversed-${edge}` : edge;
}

/** What most of the frames are that latentcv states wrote of a state. */
function nameOf({ structures }, folder) {
  const pairs = [structures.gro, structures.moreGro].flatMap((file) =>
    framesOf(join(folder, file)).map(pairOf),
  );
  const counts = new Map();
  for (const pair of pairs) counts.set(pair, (counts.get(pair) ?? 0) + 1);
  const [[name, count]] = [...counts].sort(([, a], [, b]) => b - a);
  return { name, count, of: pairs.length };
}

function judge(short, expectedFile, foundFile, ruledFile) {
  const [expected, found, ruled] = [expectedFile, foundFile, ruledFile].map(read);
  const percent = ({ population, error }) =>
    `${(100 * population).toFixed(1)}${error === null ? '' : ` ± ${(100 * error).toFixed(1)}`} %`;
  const names = [];
  for (const state of found.states) {
    const { name, count, of } = nameOf(state, dirname(foundFile));
    names.push(name);
    console.log(`${state.name}: ${name} (${count} of ${of} structures), ${percent(state)}`);
  }
  const missing = expected.modes.filter((name) => !names.includes(name));
  console.log(
    missing.length === 0
      ? `modes: all of ${expected.modes.join(', ')}`
      : `modes: ${missing.join(', ')} not found`,
  );
  const good = short
    ? visits(expected, ruled)
    : [missing.length === 0, ...populations(expected, ruled), ...standardStates(expected, ruled)].every(
        Boolean,
      );
  process.exitCode = good ? 0 : 1;

  /** Whether the run was in three of the four pairs, for five frames or more. */
  function visits({ modes }, { states }) {
    const told = modes.map((name) => ({
      name,
      frames: states.find((state) => state.name === name)?.frames ?? 0,
    }));
    console.log(`frames by rules: ${told.map(({ name, frames }) => `${name} ${frames}`).join(', ')}`);
    return told.filter(({ frames }) => frames >= 5).length >= 3;
  }

  /** Whether each state's free energy against all else is the reference's. */
  function populations({ temperature, states }, ruled) {
    const kT = 0.0083144626 * temperature;
    // kJ/mol, with what an error of its population makes of it
    const energyOf = ({ population: p, error }) => [
      -kT * Math.log(p / (1 - p)),
      (kT * error) / (p * (1 - p)),
    ];
    return ruled.states.map((state) => {
      const reference = states[state.name];
      if (state.error === null) {
        console.log(`${state.name}: ${state.reason}`);
        return false;
      }
      const told = `${percent(state)}, ${state.transitions} transitions, ΔF = `;
      return same(`${state.name}: ${told}`, energyOf(state), `${percent(reference)}, `, energyOf(reference));
    });
  }

  /** Whether ΔG° of each is the reference's, where the guest left and came back often enough for it. */
  function standardStates({ binding }, ruled) {
    return [ruled.binding.total, ...ruled.binding.modes].map((each) => {
      if (each.error === null) {
        console.log(`ΔG° of ${each.name}: ${each.reason}`);
        return true;
      }
      const { deltaG, error } = binding[each.name];
      return same(`ΔG° of ${each.name}: `, [each.deltaG, each.error], '', [deltaG, error]);
    });
  }

  function same(what, [value, error], told, [other, otherError]) {
    const within = Math.abs(value - other) <= Math.max(0.5, 2 * Math.hypot(error, otherError));
    console.log(
      `${what}${value.toFixed(2)} ± ${error.toFixed(2)} kJ/mol; biased along distances ${told}${other.toFixed(2)} ± ` +
        `${otherError.toFixed(2)}: ${within ? 'the same' : 'NOT the same'} within 0.5 kJ/mol or two errors`,
    );
    return within;
  }
}
