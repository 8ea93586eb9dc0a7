import { html, type Markup } from '../markup.js';
import type { CommandBlock } from '../report-data.js';

/** Commands to copy: a click selects a whole block. */
export function commandBlocks(commands: readonly CommandBlock[]): Markup[] {
  return commands.map(
    ({ caption, command }) =>
      html`<div class="command">
        ${caption && html`<p>${caption}</p>`}
        <pre tabindex="0"><code>${command}</code></pre>
      </div> `,
  );
}
