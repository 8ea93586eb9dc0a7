import type { CampaignRecord } from '../../../campaign/index.js';
import { energyDecimals, thermalEnergy } from '../../../sampling/index.js';
import { compact, estimate, fixed } from '../../format.js';
import type { Units } from '../../units.js';

/** How the numbers of a campaign are written. */
export interface CampaignWords {
  units: Units;
  decimals: number;
  /** `5 ns` */
  length: (nanoseconds: number) => string;
  /** `300 K`, `kT = 1` */
  temperature: (value: number) => string;
}

export function campaignWords({ natural, temperature }: CampaignRecord, units: Units): CampaignWords {
  return {
    units,
    decimals: energyDecimals(natural ? temperature : thermalEnergy(temperature), natural),
    length: (value) => `${compact(value, 4)} ${units.time}`,
    temperature: (value) => (natural ? `kT = ${compact(value, 4)}` : `${compact(value, 4)} K`),
  };
}

/** `9.41 ± 0.20 kJ/mol`; a value without an error is no answer, and said not to be one. */
export function energyInWords(
  { value, error }: { value: number | null; error: number | null },
  { units, decimals }: CampaignWords,
): string {
  if (value === null) return 'not determined';
  if (error === null) return `not determined (${fixed(value, decimals)} ${units.energy} in its frames)`;
  return `${estimate(value, error, decimals)} ${units.energy}`;
}
