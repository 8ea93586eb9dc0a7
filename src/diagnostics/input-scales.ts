import { columnValues, type Dataset } from '../frames/index.js';

/** Standard deviation of each column; of a periodic one, of its distances from the circular mean. */
export function inputScales(inputs: Dataset): Float64Array {
  return Float64Array.from(inputs.columns, ({ label, period }) => {
    const values = columnValues(inputs, label);
    return deviation(period ? unwrapped(values, period[1] - period[0]) : values);
  });
}

function deviation(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2 / values.length, 0));
}

/** Within half a period of the circular mean. */
function unwrapped(values: Float64Array, period: number): Float64Array {
  const turn = (2 * Math.PI) / period;
  let [sine, cosine] = [0, 0];
  for (const value of values) {
    sine += Math.sin(turn * value);
    cosine += Math.cos(turn * value);
  }
  const mean = Math.atan2(sine, cosine) / turn;
  return values.map((value) => value - mean - period * Math.round((value - mean) / period));
}
