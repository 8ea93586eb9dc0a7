/** Colours, sizes and type that all figures share. */
export const theme = {
  font: '"Source Sans 3", "Source Sans Pro", Inter, "Segoe UI", "Helvetica Neue", Helvetica, Arial, "Liberation Sans", sans-serif',
  ink: '#1c2230',
  muted: '#5c6675',
  grid: '#e4e7ec',
  /** State A and state B, and first and second curve: blue and vermilion of Okabe & Ito, safe for the colour-blind. */
  a: '#0072b2',
  b: '#d55e00',
  /** What is of one replica: Okabe & Ito's green. */
  replica: '#009e73',
  shade: '#f1f3f6',
  /** Colour scheme of continuous quantities. */
  scheme: 'viridis',
  /** Widths in px: across the page, and half of it. */
  full: 1076,
  half: 526,
} as const;

/** Okabe & Ito's colours that are told apart on white. */
export const stateColours = [theme.a, theme.b, '#009e73', '#cc79a7', '#56b4e9', '#e69f00'];

/** Of a scatter, no more points than this are drawn. */
export const mostPoints = 4000;
