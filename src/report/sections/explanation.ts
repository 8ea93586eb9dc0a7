import { inputInWords, type Diagnostics } from '../../diagnostics/index.js';
import { inPercent, percent } from '../../support/index.js';
import { fixed } from '../format.js';
import { html, type Markup } from '../markup.js';
import type { ExplainedStructure } from '../report-data.js';
import { shareColour, type ColouredStructure } from '../structures/index.js';
import { columnTable } from './tables.js';

/** CVs and, of a state, inputs and atoms that are named. */
const cvsShown = 2;
const inputsShown = 4;
const atomsNamed = 3;
/** Pictures of states beside that of all frames. */
const statesDrawn = 5;
/** An atom with less than this part of the largest share is not drawn beside a ribbon. */
const leastMarked = 0.05;

/** What tells the states apart and what moves the CVs in each, in tables. */
export function explanationParts(diagnostics: Diagnostics): Markup[] {
  const { explanation } = diagnostics;
  if (!explanation) return [];
  const { from, tooFew } = explanation;
  const rare = tooFew.length > 0 ? ` Too few frames: ${tooFew.join(', ')}.` : '';
  const tables = [told(diagnostics), moved(diagnostics)].filter((table) => table !== undefined);
  return [
    html`<p>
      States by ${from}.${rare} Inputs that tell each from the others: a logistic regression with an L1
      penalty, judged on blocks of time that it had not learned from. Of inputs that go together one is named.
    </p>`,
    ...tables.map((table) => html`<div class="card scroll">${table}</div>`),
  ];
}

/** As far as a further input tells more, and one step on. */
function told({ explanation, inputs, inputAtoms }: Diagnostics): Markup | undefined {
  const { states, told: found } = explanation!;
  const rows = found.flatMap(({ state, against, steps, enough }) =>
    steps
      .slice(0, enough + 2)
      .map((step, i) => [
        i === 0 ? `${states[state].name} (${states[state].frames.toLocaleString('en-GB')} frames)` : '',
        i > 0 ? '' : against === undefined ? 'all others' : states[against].name,
        step.inputs.map((input) => inputInWords(inputs[input], inputAtoms?.[input])).join(', '),
        `${fixed(100 * step.accuracy, 1)} %`,
        i === enough ? 'enough' : '',
      ]),
  );
  if (rows.length === 0) return undefined;
  return columnTable(['State', 'Against', 'Told by', 'Frames told rightly', ''], rows);
}

/** Mean |∂cv/∂input| σ in each state, as parts of their sum. */
function moved({ cvs, explanation, inputs, inputAtoms }: Diagnostics): Markup | undefined {
  const { states, sensitivity } = explanation!;
  const groups = ['all frames', ...states.map(({ name }) => name)];
  const rows = cvs.slice(0, cvsShown).flatMap((cv, j) =>
    groups.map((name, group) => {
      const { share, strength } = sensitivity[group][j];
      const named = largest(share, inputsShown).map(
        (input) => `${inputInWords(inputs[input], inputAtoms?.[input])} ${percent(share[input])}`,
      );
      return [group === 0 ? cv : '', name, fixed(strength, 2), named.join(', ')];
    }),
  );
  return columnTable(['CV', 'On', 'Its slope, of the usual', 'Moved by, parts of |∂CV/∂input| σ'], rows);
}

/** Places of the largest parts, without those that are next to nothing. */
const largest = (share: readonly number[], most: number): number[] =>
  [...share.keys()]
    .sort((a, b) => share[b] - share[a])
    .slice(0, most)
    .filter((i) => share[i] >= 0.01);

/** A structure coloured by what its atoms have to do with the first CV: on all frames, then in each state. */
export function colouredAtoms(
  diagnostics: Diagnostics | undefined,
  on: ExplainedStructure | undefined,
): ColouredStructure[] {
  const { atoms, explanation, cvs } = diagnostics ?? {};
  if (!on || !atoms || !explanation || !cvs) return [];
  const bySerial = new Map(atoms.map((atom) => [atom.serial, atom]));
  const groups = ['all frames', ...explanation.states.map(({ name }) => name)].slice(0, 1 + statesDrawn);
  const most = Math.max(...groups.flatMap((_, group) => atoms.map(({ share }) => share[0][group])));
  return groups.map((name, group) => {
    const parts = on.serials.map((serial) => (bySerial.get(serial)?.share[0][group] ?? 0) / most);
    const named = largest(
      atoms.map(({ share }) => share[0][group]),
      atomsNamed,
    ).map((i) => `${atoms[i].name ?? atoms[i].serial} ${percent(atoms[i].share[0][group])}`);
    const where = group === 0 ? 'on all frames' : `in ${name}`;
    const key = group === 0 ? ` Vermilion is ${inPercent(most)} of the slope, grey none.` : '';
    return {
      structure: { ...on.structure, state: `what moves ${cvs[0]} ${where}` },
      own: {
        colours: parts.map(shareColour),
        marked: new Set([...parts.keys()].filter((atom) => parts[atom] >= leastMarked)),
      },
      words: html`<b>${cvs[0]} ${where}</b>: ${named.join(', ')}.${key}`,
    };
  });
}
