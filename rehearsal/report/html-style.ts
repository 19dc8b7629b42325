/**
 * The page's own style. Colours are custom properties, since the charts read them too; each text colour has a contrast of at
 * least 4.5 on the ground that it stands on, in both schemes.
 */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --ground: #fcfcfb; --panel: #ffffff; --text: #1d2126; --muted: #565e67; --line: #d9dcdf; --grid: #e9ebed; --link: #1f4f96;
  --good: #17653a; --bad: #a8200d; --unsure: #7d4e00;
  --tone-0: #565e67; --tone-1: #1f4f96; --tone-2: #0c6b63; --tone-3: #b3261e; --tone-4: #6a35b5; --tone-5: #8f4a06; --tone-6: #9c2a86; --tone-7: #4b6a12;
  --shade-fault: rgb(179 38 30 / 11%); --edge-fault: rgb(179 38 30 / 55%); --shade-recovery: rgb(179 38 30 / 4%); --edge-recovery: rgb(179 38 30 / 25%);
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --ground: #14171a; --panel: #1a1e22; --text: #e4e7ea; --muted: #a3acb5; --line: #343a41; --grid: #272c31; --link: #8fb8f5;
    --good: #6fcf97; --bad: #ff8f83; --unsure: #e8b85c;
    --tone-0: #a3acb5; --tone-1: #84b3fa; --tone-2: #5ccfc3; --tone-3: #ff8f83; --tone-4: #bfa3f7; --tone-5: #e8b85c; --tone-6: #ef9fdc; --tone-7: #a9cf63;
    --shade-fault: rgb(255 120 105 / 16%); --edge-fault: rgb(255 120 105 / 60%); --shade-recovery: rgb(255 120 105 / 6%); --edge-recovery: rgb(255 120 105 / 30%);
  }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 14px 24px 48px; max-width: 1880px; background: var(--ground); color: var(--text);
  font: 14px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; overflow-wrap: break-word; }
b, h1, h2, p, dd, td, th, li, code { unicode-bidi: isolate; }
h1 { margin: 0; overflow-wrap: anywhere; font-size: 22px; font-weight: 650; }
h2 { margin: 24px 0 8px; padding-bottom: 4px; border-bottom: 1px solid var(--line); font-size: 15px; font-weight: 650; }
p { margin: 6px 0; max-width: 110ch; }
ul { margin: 4px 0; padding-left: 18px; }
code { font: 12.5px/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
.muted { color: var(--muted); }
.good { font-weight: 600; color: var(--good); }
.bad { color: var(--bad); font-weight: 600; }
.unsure { color: var(--unsure); font-weight: 600; }

.verdict { margin: 8px 0; padding: 10px 16px; background: var(--panel); border: 1px solid var(--line); border-left: 6px solid currentColor; }
.verdict > * { color: var(--text); font-weight: 400; }
.verdict .headline { margin: 0; color: inherit; font-size: 17px; font-weight: 650; }
.sign { display: inline-block; min-width: 1.2em; }
.story { margin: 8px 0; }
.story .scroll { border: 0; background: none; }
.story caption { padding: 0 0 2px; color: var(--text); font-weight: 650; }
.story .scroll th, .story .scroll td { padding-left: 0; padding-right: 20px; }
.story .scroll td { white-space: nowrap; }
.story .scroll .wide { white-space: normal; min-width: 150px; }
.story .scroll tbody th { min-width: 14ch; }
.facts { display: flex; flex-wrap: wrap; gap: 2px 20px; margin: 10px 0; }
.facts div { display: flex; gap: 6px; min-width: 0; }
.facts dt { color: var(--muted); white-space: nowrap; }
.facts dd { margin: 0; min-width: 0; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
.replay { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; }
.replay code { padding: 3px 8px; background: var(--panel); border: 1px solid var(--line); overflow-wrap: anywhere; }
button { padding: 2px 10px; border: 1px solid var(--line); border-radius: 3px; background: var(--panel); color: var(--link); font: inherit; font-size: 13px; cursor: pointer; }
button[aria-pressed="true"] { background: var(--link); color: var(--ground); }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }

#charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 800px), 1fr)); gap: 0 24px; }
figure { margin: 10px 0 14px; min-width: 0; }
figcaption { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: center; font-size: 13px; font-weight: 600; }
figcaption button { padding: 0 8px; font-size: 12px; font-weight: 400; }
.plot[data-empty] { position: relative; }
.plot[data-empty]::after { content: "none in this run"; position: absolute; left: 50%; top: 66px; transform: translateX(-50%); color: var(--muted); }
.uplot, .u-legend { font-family: inherit; }
.u-legend { margin: 0 0 0 58px; text-align: left; font-size: 12px; color: var(--text); font-variant-numeric: tabular-nums; }
.u-legend th { font-weight: 400; color: var(--muted); }
.u-legend .u-marker { width: 18px; height: 0; border-width: 2px 0 0 !important; }
.u-legend .u-series > * { padding: 1px 4px 1px 0; }
.u-select { background: color-mix(in srgb, var(--link) 18%, transparent); }
.legend { white-space: nowrap; }
.key { display: inline-block; width: 14px; height: 10px; margin: 0 4px 0 10px; border-left: 2px solid; }
.key.fault { background: var(--shade-fault); border-color: var(--edge-fault); }
.key.recovery { background: var(--shade-recovery); border-color: var(--edge-recovery); }

.scroll { width: fit-content; max-width: 100%; margin: 0 0 14px; overflow-x: auto; border: 1px solid var(--line); background: var(--panel); }
table { border-collapse: collapse; }
.scroll > table { width: 100%; font-size: 13px; font-variant-numeric: tabular-nums; }
caption { padding: 6px 10px; text-align: left; color: var(--muted); }
.scroll th, .scroll td { padding: 4px 8px; border-top: 1px solid var(--grid); text-align: left; vertical-align: top; font-weight: 400; }
.scroll thead th { border-top: 0; color: var(--muted); font-size: 12px; font-weight: 600; white-space: nowrap; vertical-align: bottom; }
.scroll .number { text-align: right; white-space: nowrap; }
.scroll tbody th { white-space: nowrap; }
.scroll tbody th[scope="row"] { position: sticky; left: 0; max-width: 30ch; white-space: normal; overflow-wrap: anywhere; background: var(--panel); }
.scroll .status { white-space: nowrap; }
.detail { color: var(--muted); font-size: 12px; font-weight: 400; }
.scroll .group th { padding-top: 10px; border-top: 1px solid var(--line); white-space: normal; color: var(--muted); }
.scroll .group b { margin-right: 8px; color: var(--text); font-weight: 650; }
.scroll .wide { min-width: 220px; overflow-wrap: anywhere; }
details { margin-top: 2px; }
.glossary { margin: -6px 0 14px; font-size: 13px; }
.glossary dl { margin: 6px 0; }
.glossary dl div { display: flex; gap: 8px; }
.glossary dt { flex: 0 0 7em; font-weight: 600; }
.glossary dd { margin: 0; }
summary { cursor: pointer; color: var(--link); }
@media (max-width: 600px) {
  body { padding: 12px 12px 32px; }
  .scroll th, .scroll td { padding: 4px 7px; }
  .u-legend { margin-left: 0; }
  .story .scroll tbody th { min-width: 9ch; max-width: 14ch; }
}
@media print {
  @page { size: A4 landscape; margin: 12mm; }
  body { max-width: none; padding: 0; }
  h2, figcaption, caption { break-after: avoid; }
  figure, tr, .verdict { break-inside: avoid; }
  .scroll { overflow: visible; }
  .scroll > table, .scroll thead th, .detail { font-size: 10px; }
  .scroll th, .scroll td { padding: 3px 6px; }
  #charts { display: block; }
  button { display: none; }
}
`;
