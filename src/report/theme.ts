/** Colours, sizes and type that all figures share. */
export const theme = {
  ink: '#1c2230',
  muted: '#5c6675',
  grid: '#e4e7ec',
  /** State A and state B, and first and second curve: blue and vermilion of Okabe & Ito, safe for the colour-blind. */
  a: '#0072b2',
  b: '#d55e00',
  shade: '#f1f3f6',
  /** Colour scheme of continuous quantities. */
  scheme: 'viridis',
  /** Widths in px: across the page, and half of it. */
  full: 1076,
  half: 526,
} as const;

/** Of a scatter, no more points than this are drawn. */
export const mostPoints = 4000;
