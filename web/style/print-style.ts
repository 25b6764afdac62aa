/** One report on four A4 landscape pages: what and when, whose, which files and was it read, owed and done and changed. */
export const PRINT_STYLE = `
.printhead{display:none;justify-content:space-between;border-bottom:1px solid #000;padding-bottom:5px;margin-bottom:10px;font-size:12px}
@media print{
@page{size:A4 landscape;margin:8mm 13mm 11mm}
body{-webkit-print-color-adjust:exact;print-color-adjust:exact}
.top,.acts,.crumb,.sec>header .x,.skip,.revs,.screen,details,.keys{display:none!important}
.paper{display:block}tr.paper{display:table-row}
.plans{min-width:0}
.page{zoom:.712;max-width:none;width:100%;padding:0}
.sec{margin-top:16px;padding-top:12px;break-inside:avoid}.sec>header{margin-bottom:10px}.sec.pb{break-before:page;border-top:0;margin-top:0}
figure,table,tr,svg{break-inside:avoid}.tb td,.tb tbody th{padding-top:5px;padding-bottom:5px}.diff td,.diff th{padding-top:5px;padding-bottom:5px}footer.pg{margin-top:14px}a{text-decoration:none}
.clamp{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;overflow:hidden}.clamp.one{-webkit-line-clamp:1}
[lang=ja] .tb,[lang=ja] .diff,[lang=ja] .sub,[lang=ja] .rests li,[lang=ja] .key{--t-12:.75rem/1.125rem;--t-13:.8125rem/1.25rem;line-height:1.5}[lang=ja] .tb td,[lang=ja] .diff td{line-height:1.25rem}[lang=ja] .diff td{line-height:1.125rem}
.printhead{display:flex!important}
}
`
