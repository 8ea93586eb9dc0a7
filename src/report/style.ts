import { theme } from './theme.js';

/** The page's one style sheet: no font, image or rule from elsewhere. */
export const style = `
:root { color-scheme: light; --ink: ${theme.ink}; --muted: ${theme.muted}; --line: #d9dde4; --good: #1b7f4d; --caution: #b06f00; --bad: #b3261e; }
* { box-sizing: border-box; }
body { margin: 0; background: #fff; color: var(--ink); font: 15px/1.55 ${theme.font}; font-variant-numeric: lining-nums; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
main { max-width: ${theme.full + 48}px; margin: 0 auto; padding: 44px 24px 72px; }
h1, h2, h3, p, dl, dd, ul, figure { margin: 0; }
h1 { font-size: 30px; line-height: 1.2; font-weight: 650; letter-spacing: -0.01em; max-width: 34em; }
h2 { font-size: 19px; font-weight: 650; margin: 52px 0 18px; padding-bottom: 7px; border-bottom: 1px solid var(--line); }
h3 { font-size: 16px; font-weight: 650; margin: 0 0 4px; }
.round + .round { border-top: 1px solid var(--line); padding-top: 22px; }
.round p { max-width: 62em; margin-top: 10px; }
.round p.how { margin-top: 0; }
.parts > .verdict { margin-top: 0; }
td .name { white-space: nowrap; }
.met { color: var(--good); }
.missing { color: var(--bad); }
summary { cursor: pointer; color: var(--muted); font-size: 13.5px; margin-bottom: 8px; }
.summary { margin-top: 10px; max-width: 48em; font-size: 16.5px; }
.date { margin-top: 6px; color: var(--muted); font-size: 13.5px; }
.verdict { --tone: var(--muted); margin-top: 28px; border: 1px solid var(--line); border-left: 6px solid var(--tone); border-radius: 4px; padding: 20px 26px 18px; display: grid; grid-template-columns: auto 1fr; gap: 4px 44px; align-items: start; }
.verdict.good { --tone: var(--good); }
.verdict.caution { --tone: var(--caution); }
.verdict.bad { --tone: var(--bad); }
.answer .symbol { color: var(--muted); }
.answer .value { font-size: 36px; line-height: 1.2; font-weight: 600; letter-spacing: -0.015em; white-space: nowrap; }
.answer small { font-size: 17px; font-weight: 400; letter-spacing: 0; color: var(--muted); }
.findings .headline { color: var(--tone); font-weight: 650; }
.findings ul { padding-left: 1.15em; }
.tiles { grid-column: 1 / -1; display: flex; flex-wrap: wrap; gap: 10px 40px; margin-top: 14px; padding-top: 14px; border-top: 1px solid var(--line); }
.tiles dt { color: var(--muted); font-size: 13px; }
.tiles dd { font-weight: 600; font-variant-numeric: tabular-nums; }
.parts { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 30px 24px; align-items: start; }
.parts > * { grid-column: 1 / -1; }
.parts > .half { grid-column: auto; }
.parts > p { max-width: 48em; }
figure { break-inside: avoid; }
figure.half > :first-child:not(.keyed) { margin-top: 21px; }
figcaption { margin-top: 8px; padding-left: 2px; color: var(--muted); font-size: 13.5px; line-height: 1.45; max-width: 62em; }
figcaption b { color: var(--ink); font-weight: 600; }
.take { margin-top: 2px; }
.take button { border: 0; padding: 2px 10px 2px 2px; background: none; color: var(--muted); font: inherit; font-size: 12px; text-decoration: underline; text-underline-offset: 2px; cursor: pointer; }
.take button:hover { color: var(--ink); }
svg.plot { display: block; max-width: 100%; height: auto; }
.structures { display: grid; grid-template-columns: repeat(auto-fill, minmax(300px, 1fr)); gap: 18px 16px; }
.structure { break-inside: avoid; }
.structure p { font-size: 13.5px; color: var(--muted); padding: 6px 2px 0; }
.structure b { color: var(--ink); }
.picture { position: relative; aspect-ratio: 340 / 260; border: 1px solid var(--line); border-radius: 4px; overflow: hidden; }
.picture svg { display: block; width: 100%; height: 100%; fill: none; }
.picture .turned { position: absolute; inset: 0; background: #fff; cursor: grab; }
.how { color: var(--muted); font-size: 13.5px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: 14px; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding: 0 0 6px; }
th, td { text-align: left; vertical-align: top; padding: 5px 26px 5px 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th { font-weight: 400; color: var(--muted); }
.columns th { font-size: 13px; overflow-wrap: normal; border-bottom-color: var(--muted); }
.definitions { width: 100%; }
.definitions th { width: 13em; }
.card .definitions th { width: 12.5em; }
.card { padding-top: 14px; }
.command p { margin-bottom: 6px; }
pre { margin: 0; padding: 12px 16px; background: #f5f6f8; border: 1px solid var(--line); border-radius: 4px; white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/1.5 ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace; user-select: all; }
footer { margin-top: 56px; color: var(--muted); font-size: 13px; }
@media (max-width: 820px) { .parts > .half { grid-column: 1 / -1; } .verdict { grid-template-columns: 1fr; } }
@media print { .picture .turned, .how, .take { display: none; } @page { size: A4; margin: 13mm; } body { zoom: 0.64; } main { padding: 0; } h2 { break-after: avoid; margin-top: 36px; } tr, .verdict, .command, .card { break-inside: avoid; } .parts > .half { grid-column: auto; } .verdict { grid-template-columns: auto 1fr; } footer { margin-top: 24px; } }
`;
