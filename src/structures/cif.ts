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

/** The loop that has an item whose name fits; undefined where there is none. */
function loopWith(tokens: readonly Token[], pattern: RegExp): Loop | undefined {
  for (let at = 0; at < tokens.length; at++) {
    if (!/^loop_$/i.test(tokens[at].text) || tokens[at].quoted) continue;
    const names: string[] = [];
    let next = at + 1;
    while (next < tokens.length && isName(tokens[next])) names.push(tokens[next++].text.toLowerCase());
    if (!names.some((name) => pattern.test(name))) continue;
    const values: Token[] = [];
    while (next < tokens.length && !isName(tokens[next]) && !isOwn(tokens[next])) values.push(tokens[next++]);
    return { names, values };
  }
  return undefined;
}

/** The values of an item of a loop, row by row. */
function columnOf({ names, values }: Loop, pattern: RegExp): string[] {
  const at = names.findIndex((name) => pattern.test(name));
  return at < 0 ? [] : values.filter((_, i) => i % names.length === at).map(({ text }) => text);
}

/** The value of a single item; undefined where it is not there, or not known. */
function itemOf(tokens: readonly Token[], pattern: RegExp): string | undefined {
  const at = tokens.findIndex((each) => isName(each) && pattern.test(each.text));
  const value = at < 0 ? undefined : tokens[at + 1];
  return value === undefined || isName(value) || isOwn(value) || /^[.?]?$/.test(value.text.trim())
    ? undefined
    : value.text.trim();
}

/** What a CIF says of its sites and its symmetry. */
export interface CifBlock {
  /** Fractional coordinates of the sites. */
  sites: [number, number, number][];
  symmetry: {
    /** `x, y, z+1/2` */
    operations: string[];
    /** Hermann and Mauguin's. */
    name?: string;
    number?: string;
    hall?: string;
  };
  /** What to know of the file. */
  notes: string[];
}

/** How many blocks with atoms a file has. */
const blocksWithAtoms = (text: string): number =>
  text.split(/^data_/im).filter((block) => /^\s*_atom_site[_.]fract_x\s*$/im.test(block)).length;

/**
 * What the first structure of a CIF says of its sites and its symmetry. One whose sites are not each of one atom for certain is refused:
 * partly occupied, or alternatives of a disordered structure. It is told of further structures, which are not read.
 * @throws LatentcvError `bad-data` naming file and line
 */
export function readCifBlock(text: string, path: string): CifBlock {
  const blocks = blocksWithAtoms(text);
  if (blocks === 0)
    throw new LatentcvError('bad-data', `${path}: expected atoms (_atom_site_fract_x) but found none`);
  const tokens = tokensOf(text.slice(0, secondBlock(text, text.search(/^data_/im))));
  const loop = loopWith(tokens, /^_atom_site[_.]fract_x$/) ?? { names: [], values: [] };
  expectWhole(loop, path);
  const [x, y, z] = ['x', 'y', 'z'].map((axis) =>
    columnOf(loop, new RegExp(`^_atom_site[_.]fract_${axis}$`)).map((word) =>
      Number(word.replace(/\(\d+\)$/, '')),
    ),
  );
  const operationItem = /^_(symmetry_equiv[_.]pos_as_xyz|space_group_symop[_.]operation_xyz)$/;
  const operations = loopWith(tokens, operationItem);
  const [name, number, hall] = [
    itemOf(tokens, /^_(symmetry[_.]space_group_name_H-M|space_group[_.]name_H-M(_alt|_full)?)$/i),
    itemOf(tokens, /^_(symmetry[_.]Int_Tables_number|space_group[_.]IT_number)$/i),
    itemOf(tokens, /^_(symmetry[_.]space_group_name_Hall|space_group[_.]name_Hall)$/i),
  ];
  return {
    sites: x.map((each, i) => [each, y[i], z[i]]),
    symmetry: {
      operations: operations ? columnOf(operations, operationItem) : [],
      ...(name !== undefined && { name }),
      ...(number !== undefined && { number }),
      ...(hall !== undefined && { hall }),
    },
    notes: [
      ...(blocks > 1 ? [`${path}: the first of ${blocks} structures is read`] : []),
      ...(!operations && name !== undefined && !/^p ?1$/i.test(name)
        ? [
            `${path}: symmetry by the name of its space group, ${name}, in its usual setting, as it lists no operations`,
          ]
        : []),
    ],
  };
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
