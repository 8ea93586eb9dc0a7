import type { CampaignRecord, StepRecord } from '../../../campaign/index.js';
import { durationText } from '../../../support/index.js';
import { html, type Markup } from '../../markup.js';
import type { Units } from '../../units.js';
import { columnTable } from '../tables.js';
import { campaignWords } from './words.js';

/** Every step, how far it is, and the commands that it is made of, folded away. */
export function campaignSteps(record: CampaignRecord, units: Units): Markup | undefined {
  const { length } = campaignWords(record, units);
  if (record.steps.length === 0) return undefined;
  return columnTable(
    ['Step', 'What', 'State', 'Length', 'Took'],
    record.steps.map((step) => [
      step.name,
      step.title,
      stateOf(step),
      step.nanoseconds > 0 ? length(step.nanoseconds) : undefined,
      took(step),
    ]),
  );
}

/** Of its commands one that failed goes before one that runs, and that before one that waits. */
function stateOf({ tasks }: StepRecord): Markup | string {
  const worst = (['failed', 'running', 'waiting'] as const).find((state) =>
    tasks.some((task) => task.state === state),
  );
  if (worst === undefined) return 'done';
  const done = tasks.filter(({ state }) => state === 'done').length;
  return html`<span class="${worst}">${worst}</span
    >${tasks.length > 1 && `, ${done} of ${tasks.length} done`}`;
}

function took({ tasks }: StepRecord): string | undefined {
  const seconds = tasks.reduce((sum, task) => sum + (task.seconds ?? 0), 0);
  return seconds > 0 ? durationText(seconds) : undefined;
}

/** What was run, as it can be typed in the campaign's folder. */
export function campaignCommands({ steps }: CampaignRecord): Markup | undefined {
  const commands = steps.flatMap(({ name, tasks }) => [`# ${name}`, ...tasks.map(({ command }) => command)]);
  if (commands.length === 0) return undefined;
  return html`<details>
    <summary>Every step and its commands, as typed in the campaign's folder</summary>
    <pre tabindex="0"><code>${commands.join('\n')}</code></pre>
  </details>`;
}
