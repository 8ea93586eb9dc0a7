/** Colours of elements as chemists know them (Corey, Pauling, Koltun); of atoms without an element that of carbon. */
const colours: Readonly<Record<string, string>> = {
  H: '#f2f2f2',
  C: '#8a8f98',
  N: '#3b6fd4',
  O: '#d8322a',
  F: '#5fb65f',
  P: '#e08a1e',
  S: '#d9b310',
  Cl: '#2fa04a',
  Br: '#8f3a1f',
  I: '#6d3fa8',
  Na: '#7c5cc4',
  K: '#7c5cc4',
  Mg: '#3f8f4f',
  Ca: '#5f8f3f',
  Fe: '#c0632a',
  Zn: '#7d80b0',
};

export const colourOf = (element: string): string => colours[element] ?? colours.C;

/** The ribbon of a protein or nucleic acid. */
export const ribbonColour = '#7fa3c7';

/** What keeps a guest near its host: walls, the axis, and from where on the guest is free. */
export const wireColours = { wall: '#7d8fb3', axis: '#c0632a', clear: '#2fa04a' } as const;

/** From what counts for nothing to what counts most, 0 to 1: light grey to vermilion, safe for the colour-blind. */
export function shareColour(part: number): string {
  const [least, most] = [
    [0xdf, 0xe3, 0xea],
    [0xd5, 0x5e, 0x00],
  ];
  const at = Math.max(0, Math.min(1, part));
  return `#${least
    .map((from, i) =>
      Math.round(from + at * (most[i] - from))
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}
