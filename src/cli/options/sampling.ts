import { z } from 'zod';
import type { RunQuestion } from '../../free-energy/index.js';
import type { StateRule } from '../../sampling/index.js';
import { LatentcvError, setting } from '../../support/index.js';
import type { Given } from './setting-option.js';
import { partsSettings, timeSettings } from './tables.js';
import { coreSets, reads, readsEach, states } from './values.js';
import { energySettings, plumedSettings, weighingSettings } from './weighing/index.js';

const group = 'States';

/** Which states are told apart, and how often they are looked at. */
export const stateSettings = {
  basin: setting(readsEach(states('--basin')).optional(), {
    flag: 'basin',
    value: 'states',
    each: true,
    group,
    description:
      "states by rules: B alone, such as phi=0..2.3 (A: all the rest), or several, 'A: phi<0; B: 0<phi<2.3 and psi>1'; may be repeated",
  }),
  basinA: setting(reads(firstState).optional(), {
    flag: 'basin-a',
    value: 'state',
    group,
    description: 'the first state, where --basin names one alone',
  }),
  cores: setting(readsEach(coreSets('--cores')).optional(), {
    flag: 'cores',
    value: 'states',
    each: true,
    group,
    description: 'of the states, between which transitions count: rules, or phi=-2.8..-0.6,0.5..1.7',
    otherwise: 'where basins are densest',
  }),
  every: setting(z.number().positive().optional(), {
    flag: 'every',
    value: 'time',
    unit: 'ps',
    group,
    example: '10ps',
    description: 'look for transitions only so often',
    otherwise: 'every frame',
  }),
  blocks: setting(z.number().int().min(1).optional(), {
    flag: 'blocks',
    value: 'count',
    group,
    description: 'blocks for the errors',
    otherwise: 'by their own rule',
  }),
};

/** What of a run is left out at its beginning. */
export const discardSettings = {
  discard: setting(z.number().min(0).lt(1).optional(), {
    flag: 'discard',
    value: 'part',
    group: 'Frames',
    description: 'first part of every run that is left out',
    otherwise: '0.2 of a biased run, 0.1 of each window',
  }),
};

/** What `fes` and `report` ask of a run. */
export const samplingSettings = {
  ...weighingSettings,
  ...plumedSettings,
  ...partsSettings,
  ...discardSettings,
  ...timeSettings,
  ...stateSettings,
  ...energySettings,
};
export type SamplingOptions = Given<typeof samplingSettings>;

function firstState(text: string): StateRule {
  const [found, ...more] = states('--basin-a')(text);
  if (more.length === 0) return found;
  throw new LatentcvError(
    'bad-argument',
    `expected one state for --basin-a but received ${more.length + 1}`,
    '--basin takes several, the first of them first',
  );
}

/** What the options ask of a run. */
export function questionOf({
  basin,
  basinA,
  cores,
  every,
  blocks,
}: Partial<Given<typeof stateSettings>>): RunQuestion {
  return { basins: basin, basinA, cores, every, blocks };
}

/** States that a campaign asks of, as options have them; nothing where it names none. */
export function campaignStates(
  question: { basin: string; cores: string | null } | undefined,
): Pick<Partial<Given<typeof stateSettings>>, 'basin' | 'cores'> {
  if (!question) return {};
  const { basin, cores } = question;
  return {
    basin: stateSettings.basin.parse([basin]),
    ...(cores !== null && { cores: stateSettings.cores.parse([cores]) }),
  };
}
