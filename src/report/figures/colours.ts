import * as Plot from '@observablehq/plot';
import { isWithin } from '../../sampling/index.js';
import { plotSvg } from '../plot-svg.js';
import type { Quantity, States } from '../report-data.js';
import type { KeyEntry, Panel } from '../sheet.js';
import { theme } from '../theme.js';
import { axis } from './axes.js';

/** Steps of a colour scheme; more than the eye tells apart. */
const steps = 48;

/** A continuous colour for each value, in `steps` steps of viridis over the domain. */
export function colourScale([lower, upper]: readonly [number, number]): (value: number) => string {
  const scale = Plot.scale({ color: { type: 'linear', domain: [0, steps - 1], scheme: theme.scheme } });
  const colours = Array.from({ length: steps }, (_, i) => hex(scale.apply(i) as string));
  return (value) => {
    const step = Math.floor(((value - lower) / (upper - lower)) * steps);
    return colours[Math.max(0, Math.min(steps - 1, step))];
  };
}

function hex(colour: string): string {
  const parts = /rgb\((\d+), (\d+), (\d+)\)/.exec(colour);
  if (!parts) return colour;
  return `#${parts
    .slice(1)
    .map((part) => Number(part).toString(16).padStart(2, '0'))
    .join('')}`;
}

/** The key to a colour scale: a bar of so many bands with an axis, as high as the plot beside it. */
export function colourBar(id: string, quantity: Quantity, height: number, bands = steps): Panel {
  const domain = quantity.domain ?? [0, 1];
  const colour = colourScale(domain);
  const step = (domain[1] - domain[0]) / bands;
  const cells = Array.from({ length: bands }, (_, i) => domain[0] + i * step);
  return plotSvg(
    { id: `${id}-key`, label: `Colours of ${quantity.label}` },
    {
      width: 70,
      height,
      marginLeft: 4,
      marginRight: 52,
      x: { axis: null, domain: [0, 1] },
      y: axis(quantity, { axis: 'right', labelOffset: 46 }),
      marks: [
        Plot.rect(cells, {
          x1: 0,
          x2: 1,
          y1: (lower: number) => lower,
          y2: (lower: number) => lower + step,
          fill: (lower: number) => colour(lower + step / 2),
          shapeRendering: 'crispEdges',
        }),
      ],
      color: { type: 'identity' },
    },
  );
}

/** Colours by state of the first coordinate's values; one colour where there are no states. */
export function stateColour(
  x: ArrayLike<number> | undefined,
  states: States | undefined,
): (index: number) => string {
  if (!x || !states) return () => theme.a;
  return (index) => (isWithin(x[index], states.interval) ? theme.b : theme.a);
}

/** The key to state colours. */
export function stateKey(states: States | undefined): KeyEntry[] {
  if (!states) return [];
  return [
    { name: states.a, colour: theme.a },
    { name: states.b, colour: theme.b },
  ];
}

/** The key to line colours, and to what is not a line in words. */
export function lineKey(
  lines: readonly (readonly [name: string, colour: string])[],
  other?: string,
): KeyEntry[] {
  const entries = lines.map(([name, colour]): KeyEntry => ({ name, colour, mark: 'line' }));
  return other === undefined ? entries : [...entries, { name: other }];
}
