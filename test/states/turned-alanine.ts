import { readFileSync } from 'node:fs';
import { Random } from '../../src/support/random.js';
import { alanine } from '../trajectories/fixtures.js';

/** Alanine dipeptide turned, moved and cut by a box, with one atom elsewhere in each component, as a GRO file; every tenth frame. */
export function turnedAlanine(component: Uint8Array): string {
  const [head, , ...lines] = readFileSync(alanine, 'utf8').split('\n');
  const atoms = lines.slice(0, 22).map((line) => ({
    named: line.slice(0, 20),
    at: [20, 28, 36].map((from) => Number(line.slice(from, from + 8))),
  }));
  const random = new Random(8);
  const edge = 1.4;
  const text = Array.from({ length: component.length / 10 }, (_, i) => {
    const [angle, shift] = [random.uniform(0, 6), [0, 1, 2].map(() => random.uniform(0, edge))];
    const rows = atoms.map(({ named, at: [x, y, z] }, atom) => {
      const height = z + (atom === 21 ? 0.05 * component[10 * i] : 0);
      const turned = [
        Math.cos(angle) * x - Math.sin(angle) * y,
        Math.sin(angle) * x + Math.cos(angle) * y,
        height,
      ];
      const placed = turned.map(
        (value, k) => value + shift[k] - edge * Math.floor((value + shift[k]) / edge),
      );
      return named + placed.map((value) => value.toFixed(4).padStart(9)).join('');
    });
    return [`${head} t= ${10 * i}.0`, '22', ...rows, ` ${edge} ${edge} ${edge}`].join('\n');
  });
  return `${text.join('\n')}\n`;
}
