import { LatentcvError } from '../../support/index.js';
import { sideNames, type CheckVectors } from './metadata.js';

/** The largest accepted difference, relative to the row's largest magnitude (at least 1). */
const checkTolerance = 1e-4;

/**
 * Compares the file's check vectors with what was computed here.
 * @throws LatentcvError `bad-model` naming the row, the value and both numbers.
 */
export function verifyCheckVectors(expected: CheckVectors, computed: CheckVectors): void {
  compare('cv', expected.cv, computed.cv);
  compare('jacobian', expected.jacobian, computed.jacobian);
  if (expected.uncertainty && computed.uncertainty)
    compare('uncertainty', expected.uncertainty, computed.uncertainty);
  if (expected.uncertaintyGradient && computed.uncertaintyGradient)
    compare('uncertainty gradient', expected.uncertaintyGradient, computed.uncertaintyGradient);
  if (expected.reconstruction && computed.reconstruction)
    compare('reconstruction', expected.reconstruction, computed.reconstruction);
  if (expected.property && computed.property) compare('property', expected.property, computed.property);
  if (expected.propertyJacobian && computed.propertyJacobian)
    compare('property jacobian', expected.propertyJacobian, computed.propertyJacobian);
  for (const name of sideNames) {
    const [side, received] = [expected.sides?.[name], computed.sides?.[name]];
    if (!side || !received) continue;
    compare(name, side.value, received.value);
    compare(`${name} gradient`, side.gradient, received.gradient);
  }
}

function compare(name: string, expected: readonly number[][], computed: readonly number[][]): void {
  expected.forEach((row, i) => {
    const scale = row.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1);
    const at = row.findIndex((value, j) => !(Math.abs(value - computed[i][j]) <= checkTolerance * scale));
    if (at < 0) return;
    const numbers = `${row[at]} in the file, ${computed[i][at]} computed`;
    throw new LatentcvError(
      'bad-model',
      `check vector ${i + 1} does not reproduce: ${name} value ${at + 1} is ${numbers}`,
      'the file is damaged or was edited; export the model again',
    );
  });
}
