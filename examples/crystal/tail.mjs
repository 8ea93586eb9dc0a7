// What the cut-off at 2.5 sigma does to crystal and liquid, in the folder of melting.sh: the frames of the two runs with all
// interactions up to 8 sigma, of periodic images too. LAMMPS's own rerun of the frames gives the same energies. Writes tail.json.
import { readFileSync, writeFileSync } from 'node:fs';

const cutoff = 2.5;
const far = 8;

/** Frames of a dump of LAMMPS with `id type x y z` in a cubic box, after the first quarter. */
function frames(path) {
  const lines = readFileSync(path, 'utf8').split('\n');
  const found = [];
  for (let at = 0; at + 9 < lines.length;) {
    const count = Number(lines[at + 3]);
    const [low, high] = lines[at + 5].split(' ').map(Number);
    const places = lines.slice(at + 9, at + 9 + count).map((line) => line.split(' ').slice(2, 5).map(Number));
    found.push({ length: high - low, places });
    at += 9 + count;
  }
  return found.slice(Math.floor(found.length / 4));
}

/** Energy per box beyond a radius where the density is uniform there (Frenkel & Smit, Understanding Molecular Simulation, eq. 3.2.5). */
const uniform = (radius, count, volume) =>
  ((8 * Math.PI * count * count) / volume) * (1 / (9 * radius ** 9) - 1 / (3 * radius ** 3));

/** What the pairs from the cut-off to far away, with all periodic images, have beyond what uniform matter would have there. */
function beyond({ length, places }) {
  const images = Math.ceil(far / length + 0.5);
  const range = Array.from({ length: 2 * images + 1 }, (_, i) => (i - images) * length);
  const [near2, far2] = [cutoff ** 2, far ** 2];
  let energy = 0;
  for (const [x, y, z] of places)
    for (const [u, v, w] of places) {
      const wrap = (d) => d - length * Math.round(d / length);
      const [dx, dy, dz] = [wrap(u - x), wrap(v - y), wrap(w - z)];
      for (const a of range)
        for (const b of range) {
          const plane = (dx + a) ** 2 + (dy + b) ** 2;
          if (plane < far2)
            for (const c of range) {
              const square = plane + (dz + c) ** 2;
              if (square > near2 && square < far2) {
                const sixth = 1 / square ** 3;
                energy += 2 * (sixth * sixth - sixth); // 4, of which each of the pair has half
              }
            }
        }
    }
  const [count, volume] = [places.length, length ** 3];
  return energy + uniform(far, count, volume) - uniform(cutoff, count, volume);
}

const mean = (values) => values.reduce((sum, each) => sum + each, 0) / values.length;

/** -kT ln <exp(-U / kT)> of one state, at kT = 1 and constant pressure (Zwanzig 1954), with the error of five blocks. */
function perturbed(energies) {
  const least = Math.min(...energies);
  const of = (part) => least - Math.log(mean(part.map((energy) => Math.exp(least - energy))));
  const size = Math.floor(energies.length / 5);
  const parts = [0, 1, 2, 3, 4].map((i) => of(energies.slice(i * size, (i + 1) * size)));
  const middle = mean(parts);
  return { value: of(energies), error: Math.sqrt(mean(parts.map((part) => (part - middle) ** 2)) / 4) };
}

const [crystal, liquid] = ['crystal', 'liquid'].map((state) =>
  perturbed(frames(`${state}/traj.lammpstrj`).map(beyond)),
);
const shift = { value: liquid.value - crystal.value, error: Math.hypot(liquid.error, crystal.error) };
writeFileSync('tail.json', `${JSON.stringify(shift)}\n`);
