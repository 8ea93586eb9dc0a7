import type { Figure } from '../figures/index.js';
import { html, Markup } from '../markup.js';

/** A part of the page; one without content is left out with its heading. */
export interface Section {
  id: string;
  title: string;
  content: readonly (Markup | Figure | undefined)[];
}

/** Sections as HTML, their figures numbered through. */
export function renderSections(sections: readonly Section[]): Markup[] {
  let number = 0;
  return sections.flatMap(({ id, title, content }) => {
    const parts = content.filter((part) => part !== undefined);
    if (!parts.length) return [];
    const body = parts.map((part) => (part instanceof Markup ? part : figure(part, ++number)));
    return [
      html`<section id="${id}">
        <h2>${title}</h2>
        <div class="parts">${body}</div>
      </section> `,
    ];
  });
}

function figure({ id, width, body, caption }: Figure, number: number): Markup {
  return html`<figure id="figure-${id}" class="${width}">
    ${body}
    <figcaption><b>Figure ${number}.</b> ${caption}</figcaption>
  </figure> `;
}
