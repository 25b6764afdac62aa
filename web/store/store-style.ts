/** What a store's page has beside the style of all pages. */
export const STORE_STYLE = `
h1.store{font:500 var(--t-21) var(--font-mono);letter-spacing:0;overflow-wrap:anywhere}
.facts+.sec{margin-top:0}
.why{display:grid;grid-template-columns:minmax(0,1fr) 580px;gap:var(--s-7);align-items:start}.why>*{min-width:0}
.policy+.policy{margin-top:var(--s-5)}
.pol{border-top:1px solid var(--line-strong);border-bottom:1px solid var(--line-strong);background:var(--surface);overflow-x:auto;padding:8px 0;max-height:70vh}
.pol pre{font:400 12.5px/20px var(--font-mono);font-variant-ligatures:none;tab-size:2;min-width:max-content}
.pol pre>div{display:grid;grid-template-columns:40px 26px 1fr;white-space:pre;padding-right:16px}.pol .ln{color:var(--ink-3);text-align:right;padding-right:12px;user-select:none}.pol .mk{color:var(--ink-3);font-weight:500;user-select:none}.pol .ky{color:var(--ink-3)}.pol .deny{color:var(--ink-2)}
.pol .hot{background:var(--open-1)}.pol .hot .mk{color:var(--open-text)}.pol .hot .ky{color:var(--ink-2)}.pol .note{grid-column:3;padding-bottom:4px;color:var(--open-text);font:500 12px/18px var(--font-ui)}
.vt{margin-top:8px}.vt+.sub{margin-top:8px}.one+.sub{margin-top:10px}.vt th,.vt td{padding:5px 6px 5px 0;border-bottom:var(--hair);font:400 var(--t-12) var(--font-ui)}.vt thead th{color:var(--ink-3)}.vt tbody th{font-weight:500;color:var(--ink);width:64px}.vt td:last-child,.vt th:last-child{padding-left:6px;padding-right:0;width:108px}
.cell{display:flex;align-items:center;gap:6px;height:28px;padding:0 8px;border:1px solid var(--line);border-radius:3px;font:500 12px/1 var(--font-ui);color:var(--ink-3);white-space:nowrap}.cell.open{background:var(--open);border-color:var(--open);color:var(--ink-inverse)}.cell.un{border:1px dashed var(--ink-3);color:var(--ink);background:repeating-linear-gradient(0deg,transparent 0 4px,var(--data-1) 4px 5px)}
.wit{background:var(--sunken);padding:12px 14px;border-radius:var(--r);white-space:pre-wrap;overflow-wrap:anywhere;font:400 12px/19px var(--font-mono);margin:4px 0 6px}
.one{margin-top:10px}h4{margin:0;font:500 var(--t-12) var(--font-ui);color:var(--ink-3)}
.steps{margin-top:12px}
.deny li{display:grid;grid-template-columns:30px 1fr;padding:10px 0;border-bottom:var(--hair);overflow-wrap:anywhere}.deny li:last-child{border:0}.deny .mk{font:500 12px/20px var(--font-mono);color:var(--ink-3)}.deny b{font-weight:600}.deny .q{margin-left:4px}
.reasons>div{display:grid;grid-template-columns:64px 1fr;padding:8px 0;border-bottom:var(--hair)}.reasons>div:last-child{border:0}.reasons dt{font-weight:500}.reasons li{color:var(--ink-2);overflow-wrap:anywhere}.reasons li+li{margin-top:3px}
@media screen and (max-width:1100px){.why{grid-template-columns:minmax(0,1fr);gap:28px}.vt{display:block;overflow-x:auto}}
@media print{.why{grid-template-columns:1fr}.pol{max-height:none;overflow:visible}.pol div{white-space:pre-wrap}}
`
