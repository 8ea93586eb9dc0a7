import type { StateStructure } from '../../states/index.js';
import { html, Markup } from '../markup.js';
import { inScript, viewerLibrary } from './library.js';
import { pageScript } from './page-script.js';
import type { ConfinedStructure } from './confined-structure.js';
import type { Wire } from './confinement-wires.js';
import { colourOf, ribbonColour, wireColours } from './palette.js';
import { lonely, stillPicture, viewBoxOf, type AtomColours } from './still-picture.js';

/** A structure each, and what stands under it; then the confinement on one of them, where there is one. */
export function structureCards(
  structures: readonly StateStructure[],
  words: (state: string) => Markup,
  confined?: ConfinedStructure,
): Markup {
  const box = viewBoxOf(structures);
  return html`<div class="structures">
      ${structures.map(
        (structure, i) =>
          html`<div class="structure" id="structure-${i + 1}">
            <div class="picture" data-structure="${i}">${stillPicture(structure, box)}</div>
            <p>${words(structure.state)}</p>
          </div>`,
      )}
      ${confined && confinedCard(confined, structures.length)}
    </div>
    <noscript><p class="how">Without JavaScript the structures stand still.</p></noscript>`;
}

function confinedCard({ structure, wires, caption }: ConfinedStructure, number: number): Markup {
  const picture = stillPicture(structure, viewBoxOf([structure], wires), wires);
  return html`<div class="structure" id="structure-confined">
    <div class="picture" data-structure="${number}">${picture}</div>
    <p>${caption}</p>
  </div>`;
}

/** A structure whose atoms have colours of their own, and what stands under it. */
export interface ColouredStructure {
  structure: StateStructure;
  own: AtomColours;
  words: Markup;
}

/** Structures with atoms of their own colours; they count on after the `first` others of the page. */
export function colouredCards(coloured: readonly ColouredStructure[], first: number): Markup {
  const box = viewBoxOf(coloured.map(({ structure }) => structure));
  return html`<div class="structures">
    ${coloured.map(
      ({ structure, own, words }, i) =>
        html`<div class="structure" id="coloured-${i + 1}">
          <div class="picture" data-structure="${first + i}">${stillPicture(structure, box, [], own)}</div>
          <p>${words}</p>
        </div>`,
    )}
  </div>`;
}

/** What turns them, for the end of the page: the library, the structures and our own script. */
export function structureScripts(
  structures: readonly StateStructure[],
  confined?: ConfinedStructure,
  coloured: readonly Omit<ColouredStructure, 'words'>[] = [],
): Markup {
  const plain = [...structures, ...(confined ? [confined.structure] : [])];
  const elements = new Set(structures.flatMap((structure) => structure.elements));
  const data = {
    colours: Object.fromEntries([...elements].map((element) => [element, colourOf(element)])),
    wireColours,
    structures: [
      ...plain.map((structure, i) => ({
        // Å
        ...(confined && i === structures.length && { wires: confined.wires.map(inAngstrom) }),
        ...forViewer(structure),
      })),
      ...coloured.map(({ structure, own }) => ({
        ...forViewer(structure),
        shade: own.colours,
        marked: [...own.marked],
      })),
    ],
  };
  const json = JSON.stringify(data).replaceAll('<', '\\u003c');
  return new Markup(
    [
      `<script>${viewerLibrary()}</script>`,
      `<script type="application/json" id="structure-data">${json}</script>`,
      `<script>${inScript(pageScript.replace('RIBBON', ribbonColour))}</script>`,
    ].join('\n'),
  );
}

const forViewer = (structure: StateStructure): object => ({
  pdb: structure.pdb,
  bonds: Array.from(structure.bonds),
  // Å; none where bonds tell sizes
  ...(structure.bonds.length === 0 && { ball: Number((10 * lonely(structure)).toFixed(3)) }),
  ribbon: structure.ofPolymer.flatMap((of, atom) => (of ? [atom] : [])),
});

const inAngstrom = ({ kind, points }: Wire): object => ({
  kind,
  points: points.map((point) => point.map((x) => Number((10 * x).toFixed(3)))),
});
