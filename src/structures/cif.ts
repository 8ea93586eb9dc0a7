import { LatentcvError } from '../support/index.js';

/** A loop of a CIF file, or single items as one of one row. */
interface Loop {
  names: string[];
  values: Token[];
}

interface Token {
  text: string;
  line: number;
  /** Whether it stands in quotes, so that it is no name and no word of CIF's own. */
  quoted: boolean;
}

/** Words, quoted texts and texts between semicolons at the beginnings of lines; comments are left out. */
const token =
  /^;([\s\S]*?)^;|'((?:[^'\n]|'(?=\S))*)'(?=\s|$)|"((?:[^"\n]|"(?=\S))*)"(?=\s|$)|#[^\n]*|([^\s]+)/gm;

function tokensOf(text: string): Token[] {
  const found: Token[] = [];
  let [line, from] = [1, 0];
  for (const match of text.matchAll(token)) {
    for (; from < match.index; from++) if (text[from] === '\n') line++;
    const [whole, block, single, double, plain] = match;
    if (whole.startsWith('#') && plain === undefined) continue;
    found.push({ text: block ?? single ?? double ?? plain, line, quoted: plain === undefined });
  }
  return found;
}

const isName = ({ text, quoted }: Token): boolean => !quoted && text.startsWith('_');
const isOwn = ({ text, quoted }: Token): boolean =>
  !quoted && /^(loop_|data_|save_|global_|stop_)/i.test(text);

/** The loop with the atoms' sites; undefined where there is none. */
function siteLoop(tokens: readonly Token[]): Loop | undefined {
  for (let at = 0; at < tokens.length; at++) {
    if (!/^loop_$/i.test(tokens[at].text) || tokens[at].quoted) continue;
    const names: string[] = [];
    let next = at + 1;
    while (next < tokens.length && isName(tokens[next])) names.push(tokens[next++].text.toLowerCase());
    if (!names.some((name) => /^_atom_site[_.]fract_x$/.test(name))) continue;
    const values: Token[] = [];
    while (next < tokens.length && !isName(tokens[next]) && !isOwn(tokens[next])) values.push(tokens[next++]);
    return { names, values };
  }
  return undefined;
}

/** How many blocks with atoms a file has. */
const blocksWithAtoms = (text: string): number =>
  text.split(/^data_/im).filter((block) => /^\s*_atom_site[_.]fract_x\s*$/im.test(block)).length;

/**
 * Refuses a CIF whose sites are not each of one atom for certain: partly occupied, or alternatives of a disordered structure. It
 * is told of further blocks of data, which are not read.
 * @returns what to know of the file
 * @throws LatentcvError `bad-data` naming file and line
 */
export function expectOrdered(text: string, path: string): string[] {
  const blocks = blocksWithAtoms(text);
  if (blocks === 0)
    throw new LatentcvError('bad-data', `${path}: expected atoms (_atom_site_fract_x) but found none`);
  const first = text.search(/^data_/im);
  const own = text.slice(0, secondBlock(text, first));
  const loop = siteLoop(tokensOf(own));
  if (loop) expectWhole(loop, path);
  return blocks > 1 ? [`${path}: the first of ${blocks} structures is read`] : [];
}

/** Where the second block begins that follows the first with atoms, or the end. */
function secondBlock(text: string, from: number): number {
  const begins = [...text.matchAll(/^data_/gim)].map(({ index }) => index).filter((index) => index > from);
  const withAtoms = text.search(/^\s*_atom_site[_.]fract_x\s*$/im);
  return begins.find((index) => index > withAtoms) ?? text.length;
}

function expectWhole({ names, values }: Loop, path: string): void {
  const column = (pattern: RegExp): number => names.findIndex((name) => pattern.test(name));
  const [occupancy, group, label] = [
    column(/^_atom_site[_.]occupancy$/),
    column(/^_atom_site[_.]disorder_group$/),
    column(/^_atom_site[_.]label$/),
  ];
  for (let at = 0; at + names.length <= values.length; at += names.length) {
    const site = label < 0 ? 'a site' : `the site ${values[at + label].text}`;
    const part = occupancy < 0 ? undefined : values[at + occupancy];
    if (part && !/^[.?]$/.test(part.text) && Number(part.text.replace(/\(\d+\)$/, '')) !== 1)
      throw disordered(
        `${path}:${part.line}: expected ${site} to be fully occupied but it is so to ${part.text}`,
      );
    const alternative = group < 0 ? undefined : values[at + group];
    if (alternative && !/^[.?]$/.test(alternative.text))
      throw disordered(
        `${path}:${alternative.line}: expected an ordered structure but ${site} is of the disorder group ${alternative.text}`,
      );
  }
}

const disordered = (message: string): LatentcvError =>
  new LatentcvError(
    'bad-data',
    message,
    'descriptors are of atoms that are there: take an ordered structure made of it, such as pymatgen’s OrderDisorderedStructureTransformation gives',
  );
