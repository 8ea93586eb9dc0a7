import * as Plot from '@observablehq/plot';
import type { CampaignDeltaF, CampaignRecord } from '../../../campaign/index.js';
import { plural } from '../../../support/index.js';
import { estimate } from '../../format.js';
import { plotSvg } from '../../plot-svg.js';
import { sheet } from '../../sheet.js';
import { theme } from '../../theme.js';
import type { Units } from '../../units.js';
import { axis, upright } from '../axes.js';
import { lineKey } from '../colours.js';
import type { Figure } from '../figure.js';

/** A ΔF where it is drawn. */
interface Point {
  at: number;
  value: number;
  error: number | null;
}

/** How far the replicas of a round lie from one another, in rounds. */
const between = 0.14;

/**
 * ΔF of two states by the production of each round, with the replicas of each, and what the rounds that count give together.
 * @param place of `combined` among the campaign's, for the figure's name
 * @returns undefined where no round has a value
 */
export function deltaFByRound(
  { rounds }: CampaignRecord,
  combined: CampaignDeltaF,
  place: number,
  { units, decimals }: { units: Units; decimals: number },
): Figure | undefined {
  const own = rounds.flatMap(({ round, deltaFs }) =>
    deltaFs
      .filter(({ from, to, question }) => isPair({ from, to, question }, combined))
      .map((deltaF) => ({ round, deltaF })),
  );
  const points = own.flatMap(({ round, deltaF }) => pointsAt(round, [deltaF], 0));
  const replicas = own.flatMap(({ round, deltaF }) =>
    pointsAt(round + 1.6 * between, deltaF.replicas, between),
  );
  if (points.length === 0) return undefined;
  const name = `ΔF(${combined.to} − ${combined.from})`;
  const together = combined.value !== null && combined.error !== null ? combined : undefined;
  const svg = plotSvg(
    { id: `campaign-delta-f-${place}`, label: `${name} by round` },
    {
      width: theme.half,
      height: 300,
      x: axis(
        { label: 'Round', domain: [rounds[0].round - 0.5, rounds.at(-1)!.round + 0.8] },
        { ticks: rounds.map(({ round }) => round), tickFormat: 'd' },
      ),
      y: upright({ label: name, unit: units.energy }, { grid: true, nice: true }),
      marks: [
        ...(together ? bandOf(together.value!, together.error!) : []),
        ...pointMarks(replicas, theme.muted, 2.5, 1),
        ...pointMarks(points, theme.a, 4.5, 2.4),
        Plot.frame({ stroke: theme.ink, strokeOpacity: 0.4 }),
      ],
    },
  );
  const lines: [string, string][] = [['round', theme.a]];
  if (replicas.length > 0) lines.push(['its replicas', theme.muted]);
  if (together) lines.push(['rounds that count', theme.b]);
  const all = together
    ? ` Line: ${estimate(together.value, together.error, decimals)} ${units.energy} of ${plural(together.rounds.length, 'round')} ${together.rounds.join(', ')}.`
    : ` Of all together it is not determined${combined.reason === null ? '' : `: ${combined.reason}`}.`;
  const hollow = [...points, ...replicas].some(({ error }) => error === null)
    ? ' Hollow points have too few transitions for an error.'
    : '';
  return {
    id: `campaign-delta-f-${place}`,
    width: 'half',
    body: sheet(`${name} by round`, [svg], lineKey(lines)),
    data: [
      {
        columns: [
          { name: 'round', values: own.map(({ round }) => round) },
          { name: `${name} (${units.energy})`, values: own.map(({ deltaF }) => deltaF.value ?? NaN) },
          { name: `its error (${units.energy})`, values: own.map(({ deltaF }) => deltaF.error ?? NaN) },
        ],
      },
    ],
    caption: `${name} by the production of each round, with its standard error, and by each replica alone (small).${all}${hollow}`,
  };
}

type Pair = Pick<CampaignDeltaF, 'from' | 'to' | 'question'>;

const isPair = (a: Pair, b: Pair): boolean => a.from === b.from && a.to === b.to && a.question === b.question;

/** What has a value, from a place on, so far apart. */
function pointsAt(
  first: number,
  estimates: readonly { value: number | null; error: number | null }[],
  step: number,
): Point[] {
  return estimates.flatMap(({ value, error }, i) =>
    value === null ? [] : [{ at: first + i * step, value, error }],
  );
}

function bandOf(value: number, error: number): Plot.Markish[] {
  return [
    Plot.rect([0], { y1: value - error, y2: value + error, fill: theme.b, fillOpacity: 0.12 }),
    Plot.ruleY([value], { stroke: theme.b, strokeDasharray: '5 3', strokeWidth: 1.4 }),
  ];
}

function pointMarks(
  points: readonly Point[],
  colour: string,
  r: number,
  strokeWidth: number,
): Plot.Markish[] {
  return [
    Plot.ruleX(
      points.filter(({ error }) => error !== null),
      {
        x: 'at',
        y1: ({ value, error }: Point) => value - error!,
        y2: ({ value, error }: Point) => value + error!,
        stroke: colour,
        strokeOpacity: 0.55,
        strokeWidth,
      },
    ),
    Plot.dot(points, {
      x: 'at',
      y: 'value',
      r,
      fill: ({ error }: Point) => (error === null ? 'white' : colour),
      stroke: colour,
      strokeWidth: 1.4,
    }),
  ];
}
