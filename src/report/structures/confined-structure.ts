import { confinedVolume, thermalEnergy, type Confinement } from '../../sampling/index.js';
import type { StateStructure, StatesFile } from '../../states/index.js';
import { compact, fixed } from '../format.js';
import { html, type Markup } from '../markup.js';
import { confinementWires, type Wire } from './confinement-wires.js';

/** A structure with what keeps its guest near its host. */
export interface ConfinedStructure {
  structure: StateStructure;
  wires: Wire[];
  caption: Markup;
}

/** The first structure that tells where the confinement stands, with it. */
export function confinedStructure(
  { confinement, temperature }: Pick<StatesFile, 'confinement' | 'temperature'>,
  structures: readonly StateStructure[],
): ConfinedStructure | undefined {
  const confined = structures.find((structure) => structure.confined)?.confined;
  if (!confinement || !confined) return undefined;
  const wires = confinementWires(confinement, confined);
  if (wires.length === 0) return undefined;
  return { structure: confined.structure, wires, caption: caption(confinement, temperature) };
}

function caption(confinement: Confinement, temperature: number): Markup {
  const { kind, radius, kappa, clear } = confinement;
  const kT = thermalEnergy(temperature);
  const along = kind === 'sphere' ? 'distance' : 'depth';
  const limits =
    kind === 'sphere'
      ? `of ${compact(radius)} nm about the host’s centre`
      : `from ${compact(confinement.from)} to ${compact(confinement.to)} nm along the host’s axis, ${compact(radius)} nm wide to each side` +
        (kind === 'funnel'
          ? `, and a cone below ${compact(confinement.neck)} nm that opens by ${fixed((confinement.angle * 180) / Math.PI, 0)}°`
          : '');
  const volume = confinedVolume(confinement, kT);
  const free =
    clear === undefined ? undefined : confinedVolume(confinement, kT, { [along]: [clear, Infinity] });
  const beyond =
    clear === undefined || free === undefined
      ? ''
      : `, of it ${compact(free)} nm³ beyond ${compact(clear)} nm (dashed), where the guest does not touch the host`;
  const words = `a ${kind} ${limits}; walls ${compact(kappa)} kJ/mol/nm² (x − a)². Volume ${compact(volume)} nm³${beyond}.`;
  return html`<b>The confinement</b>: ${words}`;
}
