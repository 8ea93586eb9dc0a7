import type { Markup } from '../markup.js';

/** One figure of the report. */
export interface Figure {
  id: string;
  /** Across the page, or half of it. */
  width: 'full' | 'half';
  body: Markup;
  /** What is shown, and what is seen. */
  caption: string;
}
