/** Places of values from 1, those that are equal sharing the mean of theirs. */
function ranks(values: readonly number[]): number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length;
    const equal = values.filter((other) => other === value).length;
    return below + (equal + 1) / 2;
  });
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Spearman's rank correlation of pairs, with ties; undefined for fewer than three, or where one side never changes. */
export function rankCorrelation(pairs: readonly (readonly [number, number])[]): number | undefined {
  if (pairs.length < 3) return undefined;
  const [x, y] = [0, 1].map((side) => ranks(pairs.map((pair) => pair[side])));
  const [mx, my] = [mean(x), mean(y)];
  const product = mean(x.map((rank, i) => (rank - mx) * (y[i] - my)));
  const [vx, vy] = [mean(x.map((rank) => (rank - mx) ** 2)), mean(y.map((rank) => (rank - my) ** 2))];
  return vx > 0 && vy > 0 ? product / Math.sqrt(vx * vy) : undefined;
}
