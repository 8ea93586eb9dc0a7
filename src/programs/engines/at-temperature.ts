/** What is off by more than this part, and by more than so many errors, is told. */
const [mostPart, mostErrors] = [0.05, 4];

/** Whether a run was at the temperature that was asked of it, as far as its kinetic energy tells. */
export function isAtTemperature({ mean, error }: { mean: number; error: number }, asked: number): boolean {
  const off = Math.abs(mean - asked);
  return off < mostPart * asked || off < mostErrors * error;
}
