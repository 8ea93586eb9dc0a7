/** Where a campaign of one seed is prepared. */
export interface CampaignPlace {
  /** Made, and empty or of an earlier start. */
  folder: string;
  /** Of the system, for what all its seeds share. */
  shared: string;
  seed: number;
  quick: boolean;
}

/** A free energy that the campaign asks for, in the order of its states, with what it should be. */
export interface Wanted {
  /** As `question` of a row, where a campaign has several. */
  question?: string;
  reference: number;
  referenceError: number;
}

/** Crossings of the chosen CV and of the best one at hand, in runs of the same length. */
export interface OfTen {
  crossings: number;
  bestOfTen: number;
}

/** A system on which campaigns are measured. */
export interface CampaignSystem {
  name: string;
  /** `kJ/mol`, or natural units. */
  unit: string;
  /** Of a nanosecond in rows: `ns`, or thousands of pesmd's time units. */
  time: string;
  /** Of the whole table. */
  seeds: number;
  /** Writes `campaign.yaml` and what it names; again where they are there. */
  prepare(place: CampaignPlace): Promise<void>;
  wanted(seed: number): readonly Wanted[];
  /**
   * How the CV that was chosen does beside the others at hand; absent where the campaign trains its own.
   * @param kept path of the chosen model
   */
  ofTen?(place: CampaignPlace, kept: string): OfTen;
}
