// Names the modes that latentcv states found by the structures that it wrote of them, and holds ΔG° of both orientations against
// what was published.
// usage: node judge.mjs [--short] expected.json HOST-GUEST-FORCE_FIELD ends states rules
//        states, rules: folders that latentcv states wrote, of modes and of the two orientations by rules
//        --short: a run too short for energies; both orientations have to have been there
// exit codes: 0 as published, 1 not, 4 not determined by the run
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { cosineOf, placesOf } from './poses.mjs';

const kilocalorie = 4.184;
const words = argv.slice(2);
const short = words[0] === '--short';
const [expectedFile, pair, endsFile, found, ruled] = words.filter((word) => word !== '--short');
const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
const ends = readFileSync(endsFile, 'utf8').trim().split(/\s+/);
const modes = read(join(found, 'states.json'));
const rules = read(join(ruled, 'states.json'));
const published = read(expectedFile)[pair];

/** Frames of a GRO file, each as a text of its own. */
function framesOf(file) {
  const lines = readFileSync(file, 'utf8').split('\n');
  const frames = [];
  for (let at = 0; at + 1 < lines.length && lines[at + 1].trim() !== '';) {
    const end = at + Number(lines[at + 1]) + 3;
    frames.push(lines.slice(at, end).join('\n'));
    at = end;
  }
  return frames;
}

/** The orientation of most of the structures that were written of a mode. */
function orientationOf({ structures }) {
  const cosines = [structures.gro, structures.moreGro]
    .flatMap((file) => framesOf(join(found, file)))
    .map((text) => cosineOf(placesOf(text), ends));
  const of = cosines.length;
  const s = cosines.filter((cosine) => cosine > 0).length;
  return s * 2 > of ? { name: 's', count: s, of } : { name: 'p', count: of - s, of };
}

const unbound = modes.binding?.unboundStates ?? [];
const seen = new Set();
for (const state of modes.states) {
  const percent = `${(100 * state.population).toFixed(1)} %`;
  if (unbound.includes(state.name)) {
    console.log(`${state.name}: unbound, ${percent}`);
    continue;
  }
  if (!state.structures) continue;
  const { name, count, of } = orientationOf(state);
  seen.add(name);
  console.log(`${state.name}: ${name} (${count} of ${of} structures), ${percent}`);
}
if (short) {
  const frames = rules.states.map(({ name, frames: number }) => `${name} ${number}`).join(', ');
  console.log(`frames by rules: ${frames}`);
  const both = ['p', 's'].every((name) =>
    rules.states.some((state) => state.name === name && state.frames > 0),
  );
  process.exitCode = both ? 0 : 1;
} else judge();

function judge() {
  console.log(
    ['p', 's'].every((name) => seen.has(name)) ? 'modes: both orientations' : 'modes: not both orientations',
  );
  const { binding } = rules;
  const energies = [
    ...binding.modes.filter(({ name }) => name === 'p' || name === 's'),
    { ...binding.total, name: 'both' },
  ];
  const verdicts = energies.map((each) => verdictOn(each));
  const { tilt, tiltError, flat } = binding.plateau;
  console.log(
    flat === null
      ? 'plateau: not determined'
      : `plateau: ${flat ? 'flat' : 'not flat'} within its error, tilt ${tilt.toFixed(2)} ± ${tiltError.toFixed(2)} kJ/mol`,
  );
  if (verdicts.includes('undetermined')) process.exitCode = 4;
  else if (published && (verdicts.includes('other') || seen.size < 2)) process.exitCode = 1;
}

/** ΔG° of one in kcal/mol beside what was published: 'same', 'other' or 'undetermined'. */
function verdictOn({ name, deltaG, error, reason, transitions }) {
  if (error === null) {
    console.log(`ΔG° of ${name}: ${reason}`);
    return 'undetermined';
  }
  const [value, its] = [deltaG / kilocalorie, error / kilocalorie];
  const told = `ΔG° of ${name}: ${value.toFixed(2)} ± ${its.toFixed(2)} kcal/mol, ${transitions} transitions`;
  if (!published) {
    console.log(told);
    return 'same';
  }
  const [other, otherError] = published[name];
  const off = Math.abs(value - other);
  const same = off <= 2 * Math.hypot(its, otherError) && off <= 1;
  const sure = its <= 0.4 && transitions >= 20;
  console.log(
    `${told}; published ${other.toFixed(2)} ± ${otherError.toFixed(2)}: ${same ? 'the same' : 'NOT the same'} within two errors and 1 kcal/mol${sure ? '' : ', by too short a run'}`,
  );
  return sure ? (same ? 'same' : 'other') : 'undetermined';
}
