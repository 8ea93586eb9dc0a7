// Does one step of set-up, where it is not done.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fetching, parts } from './paths.mjs';
import { run } from './run.mjs';
import { hashOf, hasStamp, removeStamp, writeStamp } from './stamp.mjs';
import { need } from './tools.mjs';

/** @typedef {import('./steps.mjs').Step} Step */

/** Hash of what a step is made from; empty where its result alone tells. @param {Step} step */
function inputsOf({ sources, also = () => [] }) {
  return sources === undefined ? '' : hashOf(sources, ...also().map(String));
}

/** @param {Step} step */
const isThere = ({ result, isDone }) => (isDone ? isDone() : existsSync(result));

/**
 * Why there is nothing to do: what the machine has, in words, or `done`.
 *
 * @param {string} key
 * @param {Step} step
 * @returns {Promise<string | undefined>}
 */
export async function whyNothing(key, step) {
  const onMachine = await step.onMachine?.();
  if (onMachine !== undefined) return onMachine;
  const inputs = inputsOf(step);
  return isThere(step) && (inputs === '' || hasStamp(key, inputs)) ? 'done' : undefined;
}

/**
 * Makes what a step makes; its stamp is written when that is there.
 *
 * @param {string} key
 * @param {Step} step
 * @throws {import('./run.mjs').StepError}
 */
export async function make(key, step) {
  removeStamp(key);
  for (const name of step.needs ?? []) need(name, step.purpose);
  const inputs = inputsOf(step);
  await (step.make ? step.make() : runScript(key, step));
  writeStamp(key, inputs);
}

/** @param {string} key @param {Step} step */
async function runScript(key, { script = '', words = () => [] }) {
  const [program, folder] = script.endsWith('.sh') ? ['bash', fetching] : [process.execPath, parts];
  await run(key, program, [join(folder, script), ...(await words())]);
}
