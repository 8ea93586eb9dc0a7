import type { PlotOptions } from '@observablehq/plot';

const longest = 34;

/** A vertical axis of names in the order given, with room for them. */
export function rankedAxis(labels: readonly string[]): Pick<PlotOptions, 'y' | 'marginLeft'> {
  const length = Math.min(longest, Math.max(...labels.map((label) => label.length)));
  return {
    marginLeft: 16 + 7 * length,
    y: {
      domain: [...labels],
      label: null,
      tickSize: 0,
      tickFormat: (label: string) => (label.length > longest ? `${label.slice(0, longest - 1)}…` : label),
    },
  };
}
