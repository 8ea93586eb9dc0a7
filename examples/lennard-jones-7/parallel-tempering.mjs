// The same free energies without molecular dynamics, PLUMED or a bias: Monte Carlo with parallel tempering.
// node parallel-tempering.mjs [SWEEPS] [SEED]     (10 million sweeps, about a minute)
const [sweeps, seed] = [Number(process.argv[2] ?? 1e7), Number(process.argv[3] ?? 1)];
// the first is the one asked about; at the last the structures change freely
const kTs = [0.1, 0.12, 0.145, 0.175, 0.21];
const structures = [
  [0.7472, 1.3184],
  [0.958, 0.2986],
  [0.7553, 0.351],
  [0.5918, -0.116],
];
const [atoms, blocks] = [7, 20];

// mulberry32
let state = seed >>> 0;
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}

/** Lennard-Jones energy of one atom at a place, with all others. */
function energyAt({ x, y }, atom, atX, atY) {
  let energy = 0;
  for (let j = 0; j < atoms; j++) {
    if (j === atom) continue;
    const inverse = 1 / ((x[j] - atX) ** 2 + (y[j] - atY) ** 2);
    const sixth = inverse * inverse * inverse;
    energy += 4 * (sixth * sixth - sixth);
  }
  return energy;
}

/** The wall of plumed.dat: 100 (R − 1.35)² above a radius of gyration of 1.35. */
function wall({ x, y }) {
  let [sumX, sumY, squares] = [0, 0, 0];
  for (let i = 0; i < atoms; i++) {
    sumX += x[i];
    sumY += y[i];
    squares += x[i] * x[i] + y[i] * y[i];
  }
  const radius = Math.sqrt(squares / atoms - (sumX / atoms) ** 2 - (sumY / atoms) ** 2);
  return radius > 1.35 ? 100 * (radius - 1.35) ** 2 : 0;
}

/** The structure, as plumed.dat says which one a frame is; -1 for none. */
function structureOf({ x, y }) {
  const numbers = new Float64Array(atoms);
  for (let i = 0; i < atoms; i++) {
    for (let j = 0; j < i; j++) {
      const ratio = ((x[i] - x[j]) ** 2 + (y[i] - y[j]) ** 2) / 1.5 ** 2;
      const contact = 1 / (1 + ratio ** 4); // (1 − r⁸)/(1 − r¹⁶)
      numbers[i] += contact;
      numbers[j] += contact;
    }
  }
  const mean = numbers.reduce((sum, number) => sum + number, 0) / atoms;
  const moment = (n) => numbers.reduce((sum, number) => sum + (number - mean) ** n, 0) / atoms;
  const [second, third] = [moment(2), moment(3)];
  const squares = structures.map(([a, b]) => (second - a) ** 2 + (third - b) ** 2);
  const least = Math.min(...squares);
  return least < 0.09 ? squares.indexOf(least) : -1;
}

const height = 1.12 * Math.sqrt(0.75);
function hexagon() {
  const x = Float64Array.of(0, 1.12, -1.12, 0.56, -0.56, 0.56, -0.56);
  const y = Float64Array.of(0, 0, 0, height, height, -height, -height);
  const cluster = { x, y, wall: 0, energy: 0 };
  x.forEach((_, i) => (cluster.energy += energyAt(cluster, i, x[i], y[i]) / 2));
  return cluster;
}

function move(cluster, kT) {
  const { x, y } = cluster;
  const i = Math.floor(random() * atoms);
  const [oldX, oldY] = [x[i], y[i]];
  const length = 0.35 * Math.sqrt(kT);
  const newX = oldX + length * (2 * random() - 1);
  const newY = oldY + length * (2 * random() - 1);
  const change = energyAt(cluster, i, newX, newY) - energyAt(cluster, i, oldX, oldY);
  x[i] = newX;
  y[i] = newY;
  const newWall = wall(cluster);
  if (random() < Math.exp((cluster.wall - newWall - change) / kT)) {
    cluster.energy += change;
    cluster.wall = newWall;
  } else {
    x[i] = oldX;
    y[i] = oldY;
  }
}

function exchange(clusters, first) {
  for (let t = first; t + 1 < kTs.length; t += 2) {
    const [a, b] = [clusters[t], clusters[t + 1]];
    const difference = a.energy + a.wall - b.energy - b.wall;
    if (random() < Math.exp((1 / kTs[t] - 1 / kTs[t + 1]) * difference)) {
      [clusters[t], clusters[t + 1]] = [b, a];
    }
  }
}

const clusters = kTs.map(hexagon);
const counts = Array.from({ length: blocks }, () => new Float64Array(4));
const settling = sweeps / 20;
for (let sweep = 0; sweep < sweeps + settling; sweep++) {
  clusters.forEach((cluster, t) => {
    for (let m = 0; m < atoms; m++) move(cluster, kTs[t]);
  });
  if (sweep % 5 !== 0) continue;
  exchange(clusters, (sweep / 5) % 2);
  if (sweep < settling) continue;
  const structure = structureOf(clusters[0]);
  if (structure >= 0) counts[Math.floor((blocks * (sweep - settling)) / sweeps)][structure]++;
}

// jackknife over the blocks
const total = (without) =>
  [0, 1, 2, 3].map((k) => counts.reduce((sum, block, b) => sum + (b === without ? 0 : block[k]), 0));
const above = (numbers) => numbers.map((n) => -kTs[0] * Math.log(n / numbers[0]));
const all = above(total(-1));
const left = counts.map((_, b) => above(total(b)));
for (const k of [1, 2, 3]) {
  const mean = left.reduce((sum, values) => sum + values[k], 0) / blocks;
  const spread = left.reduce((sum, values) => sum + (values[k] - mean) ** 2, 0);
  const error = Math.sqrt(((blocks - 1) / blocks) * spread);
  console.log(`c${k}: ${all[k].toFixed(4)} ± ${error.toFixed(4)}`);
}
