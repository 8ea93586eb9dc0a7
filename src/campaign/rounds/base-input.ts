import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fitsColumn } from '../../frames/index.js';
import {
  leftBehind,
  parsePlumedInput,
  placeOf,
  readPlumedText,
  type PlumedInput,
} from '../../plumed/index.js';
import { bytesOf, writeWhole } from '../../support/index.js';
import type { CampaignPlan } from './plan.js';

const [name, printing] = ['plumed.dat', 'printing.dat'];

/** The inputs of a campaign's runs without a CV, as named from its folder; undefined where such a run needs none. */
export interface BaseInputs {
  /** To which a CV and its bias are added. */
  base: string | undefined;
  /** The same, and what is to be printed of it: of runs without a CV. */
  printing: string | undefined;
  /** Labels that every run prints. */
  also: string[];
  /** What is left out of the input, to be told. */
  notes: string[];
}

/**
 * Writes the plan's PLUMED input, with the files that it reads, into the campaign's folder. Every run has one table, with all
 * that is wanted beside its bias, so that frames and their weights are found together.
 */
export async function writeBaseInputs(plan: CampaignPlan, folder: string): Promise<BaseInputs> {
  const { plumed, print, stride } = plan;
  if (plumed === undefined) return { base: undefined, printing: undefined, also: [], notes: [] };
  const input = parsePlumedInput(readPlumedText(plumed), plumed, { workingFolder: dirname(plumed) });
  for (const file of leftBehind(input, dirname(plumed), folder)) {
    const place = resolve(folder, file);
    await mkdir(dirname(place), { recursive: true });
    await copyFile(resolve(dirname(plumed), file), place);
  }
  const { text, notes } = withoutPrint(input);
  await writeWhole(join(folder, name), bytesOf(text));
  const also = [...new Set([...print, ...learnedFrom(plan, input)])];
  if (also.length === 0) return { base: name, printing: name, also, notes };
  const line = `PRINT ARG=${also.join(',')} STRIDE=${stride} FILE=COLVAR\n`;
  await writeWhole(join(folder, printing), bytesOf(`${text}${text.endsWith('\n') ? '' : '\n'}${line}`));
  return { base: name, printing, also, notes };
}

/** The labels that CVs are learned from. */
function learnedFrom({ training: { columns } }: CampaignPlan, input: PlumedInput): string[] {
  const labels = input.all.flatMap(({ label }) => (label === undefined ? [] : [label]));
  const patterns = columns?.split(',').map((word) => word.trim()) ?? [];
  return patterns.flatMap((pattern) =>
    pattern.includes('*') ? labels.filter((label) => fitsColumn(pattern, label)) : [pattern],
  );
}

/** Two tables of one run with the same column would be one too many. */
function withoutPrint(input: PlumedInput): { text: string; notes: string[] } {
  const prints = input.statements.filter(({ action }) => action === 'PRINT');
  const lines = input.text.split('\n');
  const kept = lines.filter(
    (_, i) => !prints.some(({ firstLine, lastLine }) => firstLine <= i + 1 && i + 1 <= lastLine),
  );
  const notes = prints.map(
    (statement) =>
      `${placeOf(statement)}: PRINT is left out: runs print what print and training.columns of the campaign’s file name`,
  );
  return { text: kept.join('\n'), notes };
}
