import type { Contents, Reference, Refusal } from './protocol.js';

/** What came of a case. */
export interface Outcome {
  kind: 'same' | 'differs' | 'refused by latentcv' | 'refused by MDAnalysis' | 'refused by both' | 'crash';
  /** In what: `values`, `times`, …; empty where they do not differ. */
  aspects: string[];
  /** How much it differs, or why it is refused. */
  detail: string;
}

type Difference = [aspect: string, detail: string];

/** Words of a library or of the compiler, which say nothing to who reads them. */
const unclear = /std::|_M_|bug in chemfiles|fault of latentcv/;

/** nm, relative: boxes in single precision. */
const ofBox = 2e-6;

/** Holds what latentcv reads against what MDAnalysis reads. */
export function outcomeOf(ours: Contents | Refusal, theirs: Reference | Refusal): Outcome {
  if ('refused' in ours) {
    const detail = ours.refused;
    if (ours.crash) return { kind: 'crash', aspects: [], detail };
    const aspects = unclear.test(`${detail} ${ours.hint}`) ? ['unclear'] : [];
    return { kind: 'refused' in theirs ? 'refused by both' : 'refused by latentcv', aspects, detail };
  }
  if ('refused' in theirs) return { kind: 'refused by MDAnalysis', aspects: [], detail: theirs.refused };
  const found = differences(ours, theirs);
  const detail = found.map(([aspect, how]) => `${aspect}: ${how}`).join('; ');
  return { kind: found.length > 0 ? 'differs' : 'same', aspects: found.map(([aspect]) => aspect), detail };
}

function differences(ours: Contents, theirs: Reference): Difference[] {
  if (ours.atoms !== theirs.atoms) return [['atoms', `${ours.atoms}, not ${theirs.atoms}`]];
  const found: Difference[] = [];
  const add = (aspect: string, detail: string | undefined): void => {
    if (detail !== undefined) found.push([aspect, detail]);
  };
  if (ours.frames !== theirs.frames) add('frames', `${ours.frames}, not ${theirs.frames}`);
  add('values', valuesDiffer(ours, theirs));
  add('times', timesDiffer(ours.times, theirs.times));
  add('box', boxesDiffer(ours.box, theirs.box));
  add('names', textsDiffer(ours.names, theirs.names));
  add('residue names', textsDiffer(ours.residueNames, theirs.residueNames));
  add('residue ids', textsDiffer(ours.residueIds, theirs.residueIds));
  return found;
}

function valuesDiffer(ours: Contents, { values, errors, descriptors }: Reference): string | undefined {
  let [off, all] = [0, 0];
  let first = '';
  for (let frame = 0; frame < Math.min(values.length, ours.values.length); frame++)
    descriptors.forEach(([kind, atoms], i) => {
      const [mine, value, error] = [ours.values[frame][i], values[frame][i], errors[frame][i]];
      if (value === null || error === null) return;
      all++;
      const apart = Math.abs((mine ?? NaN) - value);
      if ((kind === 'torsion' ? Math.min(apart, 2 * Math.PI - apart) : apart) <= error) return;
      off++;
      first ||= `frame ${frame}, ${kind} ${atoms.join(' ')}: ${mine}, not ${value}`;
    });
  return off > 0 ? `${off} of ${all}, ${first}` : undefined;
}

function timesDiffer(ours: number[] | null, theirs: number[] | null): string | undefined {
  if (!ours || !theirs) return undefined;
  const at = ours.findIndex((time, i) => !(Math.abs(time - theirs[i]) <= 1e-6 * (1 + Math.abs(time))));
  return at < 0 ? undefined : `frame ${at}: ${ours[at]}, not ${theirs[at]} ps`;
}

function boxesDiffer(ours: number[] | null, theirs: number[] | null): string | undefined {
  const say = (box: number[] | null): string =>
    box ? box.map((side) => Number(side.toPrecision(6))).join(' ') : 'none';
  if (!ours && !theirs) return undefined;
  const size = Math.max(...(theirs ?? []).map(Math.abs));
  const same = ours && theirs && ours.every((side, i) => Math.abs(side - theirs[i]) <= ofBox * (1 + size));
  return same ? undefined : `${say(ours)}, not ${say(theirs)}`;
}

function textsDiffer(ours: string[] | null, theirs: string[] | null): string | undefined {
  if (!ours || !theirs) return undefined;
  const off = ours.flatMap((text, i) => (text === theirs[i] ? [] : [i]));
  if (off.length === 0) return undefined;
  return `${off.length} of ${ours.length}, atom ${off[0]}: "${ours[off[0]]}", not "${theirs[off[0]]}"`;
}
