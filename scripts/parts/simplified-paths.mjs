// Paths of an SVG with fewer points: those that lie on the line between their neighbours say nothing, and a tenth of a px is not seen.

/** How far beside the line between its neighbours a point may lie that is left out, px. */
const besides = 0.25;

/** @param {string} svg */
export const simplifiedPaths = (svg) =>
  svg.replace(/ d="([^"]*)"/g, (_, /** @type {string} */ path) => ` d="${simplified(path)}"`);

/** @param {string} path */
function simplified(path) {
  if (!/^[MLZ\d.,-]*$/.test(path)) return path;
  return path
    .split(/(?=M)/)
    .map((part) => {
      const closed = part.endsWith('Z');
      const points = part
        .replace(/^M|Z$/g, '')
        .split('L')
        .map((each) => each.split(',').map(Number));
      const kept = withoutCollinear(points).map((point) =>
        point.map((value) => Number(value.toFixed(1))).join(','),
      );
      return `M${kept.join('L')}${closed ? 'Z' : ''}`;
    })
    .join('');
}

/** @param {number[][]} points */
function withoutCollinear(points) {
  /** @type {number[][]} */
  const kept = [];
  points.forEach((point, i) => {
    const [last, next] = [kept.at(-1), points[i + 1]];
    if (last === undefined || next === undefined || distance(point, last, next) > besides) kept.push(point);
  });
  return kept;
}

/** Of a point to the stretch between two others. @param {number[]} point @param {number[]} from @param {number[]} to */
function distance([x, y], [x0, y0], [x1, y1]) {
  const length = Math.hypot(x1 - x0, y1 - y0);
  if (length === 0) return Math.hypot(x - x0, y - y0);
  const along = ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length;
  if (along < 0 || along > length) return Math.hypot(x - x0, y - y0);
  return Math.abs((x - x0) * (y1 - y0) - (y - y0) * (x1 - x0)) / length;
}
