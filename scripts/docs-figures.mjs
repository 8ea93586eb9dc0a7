// Draws the figure of each method's page in docs/methods: what it learns, by its defaults, of one run on the Müller–Brown surface.
// usage: node scripts/docs-figures.mjs [METHOD …]    (all of them: some minutes)
import * as Plot from '@observablehq/plot';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import {
  columnValues,
  methodNames,
  methods,
  newModel,
  predict,
  readModelFile,
  train,
  writeModelFile,
} from '../dist/src/index.js';
import {
  muellerBrownEnergy,
  muellerBrownMinima,
} from '../dist/src/quickstart/systems/mueller-brown-surface.js';
import { colourScale } from '../dist/src/report/figures/colours.js';
import { plotSvg } from '../dist/src/report/plot-svg.js';
import { Random } from '../dist/src/support/index.js';
import { root } from './parts/paths.mjs';
import { simplifiedPaths } from './parts/simplified-paths.mjs';

const folder = join(root, 'docs', 'methods', 'figures');

/** kT of the walker, with which it crosses the barrier of 15.9 a hundred times; and what is drawn, up to this energy. */
const [kT, highest] = [3, 22];
/** Time of a step and steps between frames; the diffusion constant is 1. */
const [step, every, frames] = [5e-4, 100, 10_000];
/** Of pairs, in the same unit. */
const lag = 0.5;
/** Frames within this of a minimum are labelled with its state. */
const radius = 0.3;

const [deep, , shallow] = muellerBrownMinima;
const stateMinima = [deep, shallow];

/** A walk of overdamped Langevin dynamics, with the state of each frame and its energy as columns. */
function walk() {
  const random = new Random(7);
  const width = 4;
  const data = new Float64Array(frames * width);
  let [x, y] = [deep.x, deep.y];
  const slope = (of) => (of(1e-5) - of(-1e-5)) / 2e-5;
  for (let frame = 0; frame < frames; frame++) {
    for (let i = 0; i < every; i++) {
      const gradient = [
        slope((d) => muellerBrownEnergy(x + d, y)),
        slope((d) => muellerBrownEnergy(x, y + d)),
      ];
      x += (-gradient[0] * step) / kT + Math.sqrt(2 * step) * random.normal();
      y += (-gradient[1] * step) / kT + Math.sqrt(2 * step) * random.normal();
    }
    const state = stateMinima.findIndex((at) => Math.hypot(x - at.x, y - at.y) < radius);
    data.set([x, y, state, muellerBrownEnergy(x, y)], width * frame);
  }
  const time = Float64Array.from({ length: frames }, (_, i) => i * step * every);
  return datasetOf(data, ['x', 'y', 'state', 'energy'], time);
}

function datasetOf(
  data,
  labels,
  time = Float64Array.from({ length: data.length / labels.length }, (_, i) => i),
) {
  return {
    frames: time.length,
    ...{ data, time, columns: labels.map((label) => ({ label })) },
    segments: [{ source: 'walk', start: 0, end: time.length }],
  };
}

/** Whether a method is shown what it learns of labelled states. */
const takesStates = ({ needs: { labels, passages } }) => labels === 'required' || passages === true;

/** What a method asks for beyond the inputs. */
function settingsOf(name) {
  const { properties, pairs } = methods[name].needs;
  return {
    ...{ method: name, latent: 1, seed: 1 },
    ...(pairs && { lag }),
    ...(takesStates(methods[name]) && { labels: 'state' }),
    ...(properties && { properties: ['energy'] }),
  };
}

const [columns, rows] = [66, 55];
const [xs, ys] = [
  [-1.5, 1.2],
  [-0.35, 2.05],
];
const middle = ([from, to], i, count) => from + ((i + 0.5) / count) * (to - from);
const points = Array.from({ length: columns * rows }, (_, i) => [
  middle(xs, i % columns, columns),
  middle(ys, Math.floor(i / columns), rows),
]);
const energies = points.map(([x, y]) => muellerBrownEnergy(x, y));

/** The CV as filled contours where the surface is low, the surface as lines, and the labelled states as rings. */
function drawn(name, cv) {
  const shown = cv.map((value, i) => (energies[i] < highest ? value : NaN));
  const finite = shown.filter(Number.isFinite);
  const [lower, upper] = [Math.min(...finite), Math.max(...finite)];
  const bands = 12;
  const colour = colourScale([lower, upper]);
  const grid = {
    ...{ width: columns, height: rows, value: Plot.identity, clip: true },
    ...{ x1: xs[0], x2: xs[1], y1: ys[0], y2: ys[1] },
    interpolate: (_index, _width, _height, _x, _y, values) => values,
  };
  const rings = takesStates(methods[name]) ? stateMinima : [];
  const { svg } = plotSvg(
    { id: name, label: `The CV of ${name} on the Müller–Brown surface` },
    {
      ...{ width: 360, height: 300, marginLeft: 34, marginBottom: 30, marginTop: 6, marginRight: 6 },
      style: { fontSize: '11px', fontFamily: 'sans-serif', background: 'white', color: '#333' },
      x: { domain: xs, label: null, ticks: 4 },
      y: { domain: ys, label: null, ticks: 4 },
      color: { type: 'identity' },
      marks: [
        Plot.contour(shown, {
          ...grid,
          thresholds: Array.from({ length: bands }, (_, i) => lower + (i * (upper - lower)) / bands),
          fill: ({ value }) => colour(value + (upper - lower) / bands / 2),
          ...{ stroke: 'white', strokeWidth: 0.4 },
        }),
        Plot.contour(energies, {
          ...grid,
          thresholds: Array.from({ length: 7 }, (_, i) => 3 * (i + 1)),
          ...{ fill: 'none', stroke: '#222', strokeOpacity: 0.45, strokeWidth: 0.6 },
        }),
        ...rings.map((at) =>
          Plot.line(
            Array.from({ length: 49 }, (_, i) => [
              at.x + radius * Math.cos((i * Math.PI) / 24),
              at.y + radius * Math.sin((i * Math.PI) / 24),
            ]),
            { stroke: '#c0392b', strokeWidth: 1.2 },
          ),
        ),
        Plot.frame({ stroke: '#333', strokeOpacity: 0.4 }),
      ],
    },
  );
  return String(svg)
    .replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg"')
    .replaceAll('currentColor', '#333');
}

/** Of the walk, what a method takes. */
function taken(table, settings) {
  const wanted = ['x', 'y', ...(settings.labels ? ['state'] : []), ...(settings.properties ?? [])];
  const values = wanted.map((label) => columnValues(table, label));
  const data = Float64Array.from({ length: frames * wanted.length }, (_, i) =>
    values[i % wanted.length].at(Math.floor(i / wanted.length)),
  );
  return datasetOf(data, wanted, table.time);
}

const table = walk();
const grid = datasetOf(Float64Array.from(points.flat()), ['x', 'y']);
mkdirSync(folder, { recursive: true });
for (const name of argv.length > 2 ? argv.slice(2) : methodNames) {
  const settings = settingsOf(name);
  const encoder = await train(taken(table, settings), settings);
  const model = readModelFile(writeModelFile(newModel(encoder)));
  const cvs = await predict(model, grid);
  const [first] = cvs.columns;
  const svg = drawn(name, [...columnValues(cvs, first.label)]);
  writeFileSync(join(folder, `${name}.svg`), `${simplifiedPaths(svg)}\n`);
  console.log(`${name}: ${first.label}, ${(svg.length / 1024).toFixed(0)} kB`);
}
