import {
  campaignParts,
  campaignSteps,
  campaignVerdict,
  convergence,
  convergencePoints,
  html,
  renderSections,
  type Markup,
  type Section,
  type Units,
} from '../../report/index.js';
import type { CampaignLook } from '../watched-campaign.js';
import type { RunLook } from '../watched-runs.js';
import { answersOf, notesOf, runsTable, series, unitsOf } from './watch-section.js';

/** What a look at a campaign says, as the page's body: what it came to so far, the runs under way, its rounds, its steps. */
export function campaignPage({ folder, record, looks, notes }: CampaignLook): Markup {
  const units = unitsOf(record);
  return html`<div class="parts">${campaignVerdict(record, units)}</div>
    ${renderSections([
      underWay(looks, notes, units),
      { id: 'campaign', title: 'Campaign', content: campaignParts({ folder, record }, units) },
      { id: 'steps', title: 'Steps', content: [campaignSteps(record, units)] },
    ])}`;
}

/** A figure with the name of the run that it is of, where there are several. */
function ofRun(figure: ReturnType<typeof series>, look: RunLook | undefined): typeof figure {
  return figure && look ? { ...figure, caption: `${look.runs[0].name}: ${figure.caption}` } : figure;
}

function underWay(looks: CampaignLook['looks'], notes: readonly string[], units: Units): Section {
  const runs = looks.flatMap((look) => look.runs);
  const [only, ...others] = looks;
  const together = others.length === 0 ? only : undefined;
  return {
    id: 'under-way',
    title: 'Runs under way',
    content: [
      runs.length > 0 ? runsTable(runs, units) : undefined,
      together && answersOf(together, units),
      together && notesOf(together),
      notes.length > 0
        ? html`<ul>
            ${notes.map((note) => html`<li>${note}</li>`)}
          </ul>`
        : undefined,
      ...looks.map((look, i) => ofRun(series(look, units, `series-${i}`), together ? undefined : look)),
      together?.answer && together.run
        ? convergence(convergencePoints(together.run, together.answer), undefined, units)
        : undefined,
    ],
  };
}
