// The orientation of a guest in a cyclodextrin, from a GRO file.

/** Heavy and other atoms of a GRO file's first frame: serial, residue, name, place in nm. Solute alone. */
export function placesOf(text) {
  const [, count, ...lines] = text.split('\n');
  return lines.slice(0, Number(count)).flatMap((line, i) => {
    const residue = line.slice(5, 10).trim();
    if (residue === 'WAT') return [];
    const place = line.slice(20).trim().split(/\s+/, 3).map(Number);
    return [{ serial: i + 1, residue, name: line.slice(10, 15).trim(), place }];
  });
}

const hostOf = (atoms, names) =>
  atoms.filter(({ residue, name }) => residue === 'MGO' && names.includes(name));
const guestAtom = (atoms, wanted) => {
  const found = atoms.find(({ residue, name }) => residue !== 'MGO' && name === wanted);
  if (!found) throw new Error(`expected the guest's atom ${wanted} but there is none`);
  return found;
};

/** Serials of the oxygens of both faces of a cyclodextrin, and of the guest's two ends. */
export function serialsOf(atoms, ends) {
  const serials = (names) => hostOf(atoms, names).map(({ serial }) => serial);
  const [tail, head] = ends.map((end) => guestAtom(atoms, end).serial);
  return { primary: serials(['O6']), secondary: serials(['O2', 'O3']), tail, head };
}

/** The cosine between the axis from the primary to the secondary face and the guest's ends. Molecules have to be whole. */
export function cosineOf(atoms, ends) {
  const centre = (names) => {
    const own = hostOf(atoms, names);
    return [0, 1, 2].map((k) => own.reduce((sum, { place }) => sum + place[k], 0) / own.length);
  };
  const [low, high] = [centre(['O6']), centre(['O2', 'O3'])];
  const [tail, head] = ends.map((end) => guestAtom(atoms, end).place);
  const axis = high.map((x, k) => x - low[k]);
  const guest = head.map((x, k) => x - tail[k]);
  const dot = axis.reduce((sum, x, k) => sum + x * guest[k], 0);
  return dot / (Math.hypot(...axis) * Math.hypot(...guest));
}
