import * as Plot from '@observablehq/plot';
import type { CampaignRecord, CandidateRecord } from '../../../campaign/index.js';
import { plotSvg } from '../../plot-svg.js';
import { sheet } from '../../sheet.js';
import { theme } from '../../theme.js';
import type { Units } from '../../units.js';
import { axis } from '../axes.js';
import { lineKey } from '../colours.js';
import type { Figure } from '../figure.js';
import { rankedAxis } from '../ranked-axis.js';

interface Tried extends CandidateRecord {
  /** `2: tae-5` */
  label: string;
  kept: boolean;
}

/** How often each CV of each round crossed in its pilot; undefined where none was tried. */
export function crossingsByCv({ rounds }: CampaignRecord, { time }: Units): Figure | undefined {
  const tried = rounds.flatMap(({ round, candidates, kept }) =>
    candidates.map((each): Tried => ({
      ...each,
      label: `${round}: ${each.name}`,
      kept: kept?.model === each.model,
    })),
  );
  if (tried.length === 0) return undefined;
  const colour = ({ kept }: Tried): string => (kept ? theme.b : theme.a);
  const crossed = tried.filter(({ error }) => error !== null);
  const bounded = tried.filter(({ below }) => below !== null);
  const svg = plotSvg(
    { id: 'campaign-crossings', label: 'Crossings of each CV in its pilot' },
    {
      width: theme.half,
      height: Math.max(160, 70 + 19 * tried.length),
      ...rankedAxis(tried.map(({ label }) => label)),
      x: axis({ label: `Crossings per ${time}` }, { grid: true, nice: true, zero: true }),
      marks: [
        Plot.ruleX([0], { stroke: theme.ink, strokeOpacity: 0.4 }),
        Plot.ruleY(crossed, {
          y: 'label',
          x1: ({ rate, error }: Tried) => Math.max(0, rate - error!),
          x2: ({ rate, error }: Tried) => rate + error!,
          stroke: colour,
          strokeOpacity: 0.55,
          strokeWidth: 2.4,
        }),
        Plot.ruleY(bounded, {
          y: 'label',
          x1: 0,
          x2: 'below',
          stroke: colour,
          strokeOpacity: 0.55,
          strokeDasharray: '2 3',
        }),
        Plot.dot(tried, {
          x: 'rate',
          y: 'label',
          r: 4,
          fill: (each: Tried) => (each.error === null ? 'white' : colour(each)),
          stroke: colour,
          strokeWidth: 1.4,
        }),
      ],
    },
  );
  const none =
    bounded.length > 0
      ? ' Hollow: none; the dotted line ends where the rate is below with 95 % certainty.'
      : '';
  return {
    id: 'campaign-crossings',
    width: 'half',
    body: sheet(
      'Crossings of each CV in its pilot',
      [svg],
      lineKey([
        ['tried', theme.a],
        ['kept', theme.b],
      ]),
    ),
    data: [
      {
        columns: [
          { name: 'round: CV', values: tried.map(({ label }) => label) },
          { name: `crossings per ${time}`, values: tried.map(({ rate }) => rate) },
          { name: 'error', values: tried.map(({ error }) => error ?? NaN) },
          { name: 'below, with 95 % certainty', values: tried.map(({ below }) => below ?? NaN) },
        ],
      },
    ],
    caption: `Crossings per ${time} along each CV in its pilot, by round; bars are √n of the n crossings counted.${none}`,
  };
}
