import { inputInWords, type Diagnostics, type StateLasso } from '../../../diagnostics/index.js';
import { fixed, percent } from '../../../support/index.js';

/** Inputs of a state that are named, and the part of the CV's slope below which one is not. */
const mostInputs = 5;
const leastShare = 0.01;

/** What moves a CV in each state, a line each. */
export function stateSensitivityLines(
  { explanation, inputs, inputAtoms }: Diagnostics,
  cv: number,
): string[] {
  if (!explanation) return [];
  const { states, sensitivity } = explanation;
  return [
    '    in each state: mean |∂cv/∂input| σ, parts of their sum',
    ...states.map(({ name }, i) => {
      const { share, strength } = sensitivity[i + 1][cv];
      const named = [...share.keys()]
        .sort((a, b) => share[b] - share[a])
        .slice(0, mostInputs)
        .filter((input) => share[input] >= leastShare)
        .map((input) => `${inputInWords(inputs[input], inputAtoms?.[input])} ${percent(share[input])}`);
      return `      ${name}, ${fixed(strength, 2)} of its usual slope: ${named.join(', ')}`;
    }),
  ];
}

/** Which states are known, and which few inputs tell each from the others. */
export function tellingLines(diagnostics: Diagnostics): string[] {
  const { explanation } = diagnostics;
  if (!explanation) return [];
  const { states, from, tooFew, told } = explanation;
  return [
    '',
    `  states by ${from}: ${states.map(({ name, frames }) => `${name} (${frames} frames)`).join(', ')}`,
    ...(tooFew.length > 0 ? [`    too few frames: ${tooFew.join(', ')}`] : []),
    ...(told.length > 0
      ? ['  inputs that tell them apart (LASSO; frames told rightly, on blocks of time not learned from)']
      : []),
    ...told.flatMap((each) => lassoLines(each, diagnostics)),
  ];
}

/** As far as a further input tells more, and one step on. */
function lassoLines(
  { state, against, steps, enough }: StateLasso,
  { explanation, inputs, inputAtoms }: Diagnostics,
): string[] {
  const names = explanation!.states.map(({ name }) => name);
  const other = against === undefined ? 'all others' : names[against];
  const lines = steps.slice(0, enough + 2).map(({ inputs: chosen, accuracy }, i) => {
    const words = chosen.map((input) => inputInWords(inputs[input], inputAtoms?.[input]));
    return `      ${fixed(100 * accuracy, 1).padStart(5)} %  ${words.join(', ')}${i === enough ? '  ← enough' : ''}`;
  });
  return [`    ${names[state]} against ${other}`, ...lines];
}
