/** A number of steps as PLUMED reads it, products included (`500*100`); undefined for what it would compute otherwise. */
export function stepsIn(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d+(\*\d+)*$/.test(text)) return undefined;
  const steps = text.split('*').reduce((product, factor) => product * Number(factor), 1);
  return steps > 0 ? steps : undefined;
}
