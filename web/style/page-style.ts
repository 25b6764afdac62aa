/** How the page looks on a screen. Ink rules, numbers and headings; no cards, shadows or motion beyond hover and focus. */
export const PAGE_STYLE = `
*{box-sizing:border-box}html{-webkit-text-size-adjust:100%;scroll-padding-top:12px}
body{margin:0;background:var(--paper);color:var(--ink);font:400 var(--t-13) var(--font-ui);text-rendering:optimizeLegibility;-webkit-font-smoothing:antialiased}
div[lang]{font:400 var(--t-13) var(--font-ui)}
a{color:inherit;text-decoration:underline;text-decoration-color:var(--line-strong);text-decoration-thickness:1px;text-underline-offset:3px}
a:hover{text-decoration-color:var(--ink)}
:focus-visible{outline:none;box-shadow:var(--focus);border-radius:2px}
h1,h2,h3,p,ol,ul,dl,dd,figure,table,fieldset,blockquote,pre{margin:0;padding:0}ol,ul{list-style:none}fieldset{border:0;min-width:0}
table{border-collapse:collapse;width:100%}th{font-weight:500;text-align:left;color:var(--ink-3)}caption{text-align:left;padding-bottom:8px}
code,.mono{font-family:var(--font-mono);font-size:.94em;font-variant-ligatures:none}
.vh{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px;background:var(--ink);color:var(--ink-inverse);padding:6px 10px;z-index:9}
.defs{position:absolute;width:0;height:0;overflow:hidden}

/* the language that is not chosen is not there, for eyes and for readers */
:root[lang="en"]:not(:has(#lang-ja:checked)) .ja,:root[lang="ja"]:not(:has(#lang-en:checked)) .en,:root:has(#lang-en:checked) .ja,:root:has(#lang-ja:checked) .en{display:none!important}

svg{display:block;overflow:visible}svg text{font-family:var(--font-ui);font-size:11px;fill:var(--ink-2)}
svg .k{fill:var(--ink-3)}svg .i{fill:var(--ink)}svg .b{font-weight:600;fill:var(--ink)}svg .o{fill:var(--open-text);font-weight:500}svg .m{font-family:var(--font-mono);font-size:11px}svg .sn{font-family:var(--font-mono);font-size:12.5px;font-weight:500;fill:var(--ink)}svg .h{paint-order:stroke;stroke:var(--paper);stroke-width:4px;stroke-linejoin:round}svg .e{text-anchor:end}svg .c{text-anchor:middle}svg .w{font-weight:500}svg .t12{font-size:12.5px}svg .t13{font-size:13px}svg .t14{font-size:14px}svg .t16{font-size:16px}

.top{display:flex;align-items:center;gap:20px;height:48px;padding:0 var(--gutter);border-bottom:var(--hair);background:var(--surface)}
.brand{display:flex;gap:8px;align-items:center;font-weight:600;font-size:15px;letter-spacing:-.01em;text-decoration:none}
.top nav{display:flex;gap:2px}.top nav a{padding:5px 10px;border-radius:var(--r);color:var(--ink-2);text-decoration:none}.top nav a:hover{color:var(--ink);background:var(--sunken)}
.sp{flex:1}
kbd{font:500 11px/16px var(--font-mono);color:var(--ink-3);border:1px solid var(--line-strong);border-radius:3px;padding:0 4px;background:var(--surface)}
.seg{display:inline-flex;position:relative;border:1px solid var(--line-strong);border-radius:var(--r)}.seg label{padding:3px 9px;font:400 var(--t-12) var(--font-ui);color:var(--ink-2);cursor:pointer}.seg label+label{border-left:1px solid var(--line-strong)}.seg label:first-of-type{border-radius:3px 0 0 3px}.seg label:last-of-type{border-radius:0 3px 3px 0}.seg label:has(:checked){background:var(--ink);color:var(--ink-inverse)}.seg label:has(:focus-visible){box-shadow:var(--focus)}
.btn{display:inline-flex;align-items:center;gap:8px;height:30px;padding:0 12px;border:1px solid var(--line-strong);border-radius:var(--r);background:var(--surface);color:var(--ink);font:500 var(--t-13) var(--font-ui);text-decoration:none;white-space:nowrap}
.page{max-width:calc(var(--page) + 2*var(--gutter));margin:0 auto;padding:0 var(--gutter) var(--s-8)}
.crumb{display:flex;gap:6px;color:var(--ink-3);padding-top:20px;font:400 var(--t-12) var(--font-ui)}
h1>span,h1{font:600 var(--t-26) var(--font-ui);letter-spacing:-.018em;text-wrap:balance}h1>[lang=ja]{letter-spacing:0;font-feature-settings:"palt"}
h2{font:600 var(--t-16) var(--font-ui);letter-spacing:-.008em;text-wrap:pretty}[lang=ja] h2{letter-spacing:0;font-feature-settings:"palt"}
h3{font:600 var(--t-13) var(--font-ui)}
.sec{padding-top:var(--s-5);margin-top:var(--s-6);border-top:1px solid var(--ink)}
.sec>header{display:flex;align-items:baseline;gap:16px;margin-bottom:var(--s-4)}.sec>header .n{font:500 12px/1 var(--font-mono);color:var(--ink-3);min-width:14px}.sec>header .x{margin-left:auto;display:flex;gap:14px;color:var(--ink-3);font:400 var(--t-12) var(--font-ui);white-space:nowrap}.sec>header .x b{color:var(--ink);font-weight:500}
.lede{color:var(--ink-2);max-width:86ch;margin-bottom:var(--s-4);text-wrap:pretty}
.sn{font:500 12px/20px var(--font-mono);overflow-wrap:anywhere}.sub{color:var(--ink-3);font:400 var(--t-12) var(--font-ui)}.q{color:var(--ink-2)}
.num{text-align:right;font-variant-numeric:tabular-nums}
.tag{display:inline-flex;align-items:center;gap:6px;height:22px;padding:0 8px;border:1px solid var(--line-strong);border-radius:11px;font:500 12px/1 var(--font-ui);white-space:nowrap;color:var(--ink)}
.tag.sol{background:var(--ink);color:var(--ink-inverse);border-color:var(--ink)}.tag.op{border-color:var(--open);color:var(--open-text)}
.code{font:500 11px/18px var(--font-mono);padding:1px 6px;border:1px solid var(--line-strong);border-radius:3px;white-space:nowrap;color:var(--ink)}.code.hot{border-color:var(--open);color:var(--open-text)}.code.dash{border-style:dashed}
.tb th{font:500 var(--t-12) var(--font-ui);padding:0 12px 6px 0;border-bottom:1px solid var(--line-strong);vertical-align:bottom}.tb td,.tb tbody th{padding:8px 12px 8px 0;border-bottom:var(--hair);vertical-align:top}.tb tbody th{font:inherit;color:var(--ink)}.tb tr:last-child td,.tb tbody tr:last-child th{border-bottom:0}.tb .num{padding-right:16px}.tb th:last-child,.tb td:last-child{padding-right:0}.tb td.num,.tb td time{font-variant-numeric:tabular-nums}.tb td{overflow-wrap:anywhere}
.ev{font:500 10.5px/1 var(--font-mono);vertical-align:.42em;margin-left:2px;color:var(--ink-3);text-decoration:none}
.key{display:flex;flex-wrap:wrap;gap:6px 18px;font:400 var(--t-12) var(--font-ui);color:var(--ink-2);margin-top:12px}.key span{display:inline-flex;align-items:center;gap:6px}.key svg{flex:none}
footer.pg{margin-top:var(--s-7);padding-top:12px;border-top:var(--hair);display:flex;flex-wrap:wrap;gap:6px 24px;color:var(--ink-3);font:400 var(--t-12) var(--font-ui)}footer.pg .keys{margin-left:auto;display:none}:root[data-keys] footer.pg .keys{display:inline}
@media (prefers-reduced-motion:no-preference){a,.btn{transition:color var(--dur),background var(--dur)}}

.hd{display:flex;align-items:flex-start;gap:24px;margin-top:6px}.hd .acts{margin-left:auto;display:flex;gap:8px;padding-top:2px}
.facts{display:flex;flex-wrap:wrap;gap:0 28px;margin-top:14px;padding-bottom:18px}.facts div{display:flex;gap:8px;align-items:center}.facts dt{color:var(--ink-3)}.facts dd{font-weight:500}.facts dd .sub{margin-left:4px}
.public{display:grid;grid-template-columns:minmax(0,1fr) 400px;gap:var(--s-7);border-top:1px solid var(--ink);padding-top:20px}
.public blockquote{margin:8px 0 0;font:400 var(--t-21) var(--font-ui);letter-spacing:-.008em;text-wrap:pretty;max-width:44em;overflow-wrap:anywhere}[lang=ja] .public blockquote{letter-spacing:0}
.public blockquote b{font-weight:600}
.rests li{display:grid;grid-template-columns:22px 1fr;gap:6px;padding:5px 0;border-bottom:var(--hair);font:400 var(--t-12) var(--font-ui)}.rests li:last-child{border:0}.rests .ix{font-family:var(--font-mono);color:var(--ink-3)}.rests b{font-weight:500}
.lab{font:500 var(--t-12) var(--font-ui);color:var(--ink-3)}
.claims td:first-child{width:38%}.claims p+p{margin-top:4px}.verd{font-weight:600;white-space:nowrap}
.regs{display:grid;grid-template-columns:repeat(7,1fr);gap:4px;margin-top:4px}.regs li{height:28px;display:flex;align-items:center;justify-content:center;border:1px solid var(--line);border-radius:3px;font:500 10.5px/1 var(--font-mono);letter-spacing:-.03em;white-space:nowrap;overflow:hidden}
.regk{display:grid;grid-template-columns:repeat(2,auto);justify-content:start;gap:3px 22px;margin-top:12px;font:400 var(--t-12) var(--font-ui);color:var(--ink-2)}.regk i{display:inline-block;width:14px;height:12px;border:1px solid var(--line-strong);border-radius:2px;vertical-align:-1px;margin-right:6px}.regk b{color:var(--ink);font-weight:600}
.r-owed{background:var(--ink)!important;color:var(--ink-inverse);border-color:var(--ink)!important}.regs .r-judgement,.regk .r-judgement{border:3px double var(--ink)!important}.r-none-affected{border-color:var(--ink)!important}.r-not-assessed{border-style:dashed!important;border-color:var(--ink-3)!important}.r-voluntary{border-style:dotted!important;border-color:var(--ink-3)!important}.r-not-in-force{color:var(--ink-3);background:var(--sunken)}.r-no-residents{color:var(--ink-3)}
.diff{font:400 var(--t-12) var(--font-ui)}.diff td,.diff th{padding:7px 12px 7px 8px;border-bottom:var(--hair);vertical-align:top;overflow-wrap:anywhere}.diff th{font:500 var(--t-12) var(--font-ui)}.diff .f{color:var(--ink-3);width:140px;padding-left:0;font-weight:400}.diff .was{color:var(--ink-3);width:28%;text-decoration:line-through;text-decoration-color:var(--line-strong);background:var(--del-bg)}.diff .same{text-decoration:none}.diff .now{font-weight:500;background:var(--add-bg);width:32%}.diff .why{color:var(--ink-2)}.diff .s{font-family:var(--font-mono);width:16px;padding-right:0;color:var(--ink-2);font-weight:500}
.revs{display:flex;gap:0;margin-bottom:14px}.revs li{flex:1;padding:8px 10px 8px 0;border-top:2px solid var(--line-strong);font:400 var(--t-12) var(--font-ui);color:var(--ink-3);overflow-wrap:anywhere}.revs li b{display:block;color:var(--ink-2);font-weight:500}.revs li.on{border-color:var(--ink)}.revs li.on b{color:var(--ink)}.revs li[aria-current] b{font-weight:600}
.two{display:grid;grid-template-columns:560px minmax(0,1fr);gap:56px}.two.acc{grid-template-columns:minmax(0,1fr) 574px}.two.ow{grid-template-columns:minmax(0,1fr) 480px}.two>*{min-width:0}
.cap{display:flex;justify-content:space-between;align-items:baseline;gap:12px;margin-bottom:8px}.gap-l{margin-top:30px}.gap-m{margin-top:22px}
.timeline{display:flex}.timeline .names{flex:none;width:16.1765%;position:sticky;left:0;z-index:1;background:var(--paper)}.timeline .plot{flex:none;width:83.8235%}details.tab{margin-top:14px}.sec{position:relative}details.head{margin-top:0}details.head[open]{margin-top:18px}details.head>summary{position:absolute;top:calc(var(--s-5) + 5px);right:0;list-style:none}details.head>summary::-webkit-details-marker{display:none}.sec:has(>details.head)>header{padding-right:64px}details.tab>summary{display:inline-block;cursor:pointer;text-decoration:underline;text-decoration-color:var(--line-strong);text-decoration-thickness:1px;text-underline-offset:3px;color:var(--ink-3);font:400 var(--t-12) var(--font-ui)}details.tab>summary:hover{color:var(--ink);text-decoration-color:var(--ink)}details.tab[open]>summary{margin-bottom:10px}details.tab .tb{font:400 var(--t-12) var(--font-ui)}details.tab .tb td{min-width:56px;max-width:460px}details.tab .tb td:has(code),details.tab .tb td:has([lang=en]){min-width:180px}
.scroll{overflow-x:auto}.plans{table-layout:fixed;min-width:900px}.cut{display:block;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}.plans td:nth-child(2){white-space:nowrap}.plans td:nth-child(2) svg{display:inline-block;vertical-align:-2px;margin-right:8px}.draft{padding:12px 0;border-top:var(--hair);max-width:80ch}.draft pre{white-space:pre-wrap;font:400 var(--t-13) var(--font-ui);margin-top:6px;overflow-wrap:anywhere}
.state{max-width:60ch;padding:4px 0 8px}.state p{margin-top:4px;color:var(--ink-2)}
.paper{display:none}
@media screen and (max-width:1100px){:root{--gutter:16px}.two,.two.acc,.two.ow,.public{grid-template-columns:minmax(0,1fr);gap:28px}.top{flex-wrap:wrap;height:auto;padding:8px 16px;gap:8px 12px}.top .sp{display:none}.top nav{order:5;width:100%;flex-wrap:wrap}.top nav a{padding:5px 8px 5px 0}.hd{flex-wrap:wrap}.hd .acts{margin-left:0}figure.wide{overflow-x:auto}figure.wide>svg,figure.wide>.timeline{min-width:960px}.sec>header{flex-wrap:wrap;gap:6px 16px}.sec>header .x{margin-left:0;width:100%}.sec:has(>details.head)>header{padding-right:0}details.head{margin-top:10px}details.head>summary{position:static}.cap{flex-wrap:wrap}.revs{flex-wrap:wrap}.revs li{flex:1 1 160px}.diff .f{width:auto}}
`
