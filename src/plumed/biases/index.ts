/**
 * Biases along learned CVs as PLUMED statements, a kind a file: each says what it may be told and writes its lines. What they take
 * where nothing is said stands in `defaults` with its reasons; walls stand above any of them.
 */
import type { BiasContext, BiasLines } from './bias.js';
import { kolmogorovOpes, type KolmogorovOpesBias } from './kolmogorov.js';
import { metad, type MetadBias } from './metad.js';
import { opes, type OpesBias, type OpesExploreBias } from './opes.js';
import { opesExpanded, type OpesExpandedBias } from './opes-expanded.js';
import { pbmetad, type PbmetadBias } from './pbmetad.js';
import { restraint, type RestraintBias } from './restraint.js';
import { steered, type SteeredBias } from './steered.js';

export type { BiasContext, BiasLines } from './bias.js';
export { labelWallLines, parseWall, wallLines, type WallRequest } from './walls.js';
export { kolmogorovWords, type KolmogorovOpesBias } from './kolmogorov.js';
export type { MetadBias } from './metad.js';
export type { OpesBias, OpesExploreBias } from './opes.js';
export type { OpesExpandedBias } from './opes-expanded.js';
export type { PbmetadBias } from './pbmetad.js';
export type { RestraintBias } from './restraint.js';
export type { SteeredBias } from './steered.js';

export type BiasRequest =
  | OpesBias
  | OpesExploreBias
  | OpesExpandedBias
  | KolmogorovOpesBias
  | MetadBias
  | PbmetadBias
  | RestraintBias
  | SteeredBias
  | { kind: 'none' };

const naturalNote = 'the input works in natural units: energies are taken as given, without conversion';

/**
 * The statements for the bias asked for; undefined for none.
 * @throws LatentcvError `bad-argument`, `plumed-input` (names taken)
 */
export function biasLines(bias: BiasRequest, context: BiasContext): BiasLines | undefined {
  const lines = linesOf(bias, context);
  return lines && context.units.natural ? { ...lines, notes: [...lines.notes, naturalNote] } : lines;
}

function linesOf(bias: BiasRequest, context: BiasContext): BiasLines | undefined {
  switch (bias.kind) {
    case 'opes':
    case 'opes-explore':
      return opes(bias, context);
    case 'opes-expanded':
      return opesExpanded(bias, context);
    case 'kolmogorov+opes':
      return kolmogorovOpes(bias, context);
    case 'metad':
      return metad(bias, context);
    case 'pbmetad':
      return pbmetad(bias, context);
    case 'restraint':
      return restraint(bias, context);
    case 'steered':
      return steered(bias, context);
    case 'none':
      return undefined;
  }
}
