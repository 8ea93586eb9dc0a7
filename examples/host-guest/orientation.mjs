// Writes what tells the two orientations of a guest apart: orientation.dat, PLUMED statements of the cosine between host and guest,
// and rules.txt, the two by its sign, as it is in taproom's poses.
// usage: node orientation.mjs p.gro s.gro ends UNBOUND    UNBOUND: the depth beyond which the guest does not count as bound, nm
import { readFileSync, writeFileSync } from 'node:fs';
import { argv } from 'node:process';
import { cosineOf, placesOf, serialsOf } from './poses.mjs';

const [p, s, endsFile, unbound] = argv.slice(2);
const ends = readFileSync(endsFile, 'utf8').trim().split(/\s+/);
const [inP, inS] = [p, s].map((file) => placesOf(readFileSync(file, 'utf8')));
const [cosP, cosS] = [inP, inS].map((atoms) => cosineOf(atoms, ends));
if (!(cosP * cosS < 0)) {
  console.error(
    `error: expected poses in which ${ends.join(' and ')} lie in opposite directions but their cosines with the host's axis are ${cosP.toFixed(2)} and ${cosS.toFixed(2)}`,
  );
  process.exit(2);
}
const { primary, secondary, tail, head } = serialsOf(inP, ends);
writeFileSync(
  'orientation.dat',
  [
    "# the cosine between the host's axis, from its primary to its secondary face, and the guest, from " +
      ends.join(' to '),
    `primary: CENTER ATOMS=${primary.join(',')}`,
    `secondary: CENTER ATOMS=${secondary.join(',')}`,
    'axis: DISTANCE ATOMS=primary,secondary COMPONENTS',
    `ends: DISTANCE ATOMS=${tail},${head} COMPONENTS`,
    'cosine: CUSTOM ARG=axis.x,axis.y,axis.z,ends.x,ends.y,ends.z VAR=a,b,c,x,y,z FUNC=(a*x+b*y+c*z)/sqrt((a*a+b*b+c*c)*(x*x+y*y+z*z)) PERIODIC=NO',
    '',
  ].join('\n'),
);
const sign = (cosine) => (cosine < 0 ? '<' : '>');
writeFileSync(
  'rules.txt',
  `p: cosine ${sign(cosP)} 0 and depth < ${unbound}; s: cosine ${sign(cosS)} 0 and depth < ${unbound}\n`,
);
