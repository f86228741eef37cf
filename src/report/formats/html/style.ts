/** The style sheet of the page: light and dark, narrow and wide, screen and paper. One constant text, as the script. */
export const style = `
:root{color-scheme:light dark;
--page:light-dark(#fff,#14171c);--text:light-dark(#1b1f24,#e6e9ee);--dim:light-dark(#57606a,#a3adb9);
--line:light-dark(#d0d7de,#39414c);--panel:light-dark(#f6f8fa,#1d2229);--link:light-dark(#0a58ca,#7fb2ff);
--bad:light-dark(#b3261e,#ff8a80);--badfill:light-dark(#fdecea,#3b1d1c);
--doubt:light-dark(#7a4f01,#f2c55c);--doubtfill:light-dark(#fff4d6,#382c10);
--good:light-dark(#17653a,#6fd39a);--focus:light-dark(#0a58ca,#9cc4ff)}
:root:has(#theme-light:checked){color-scheme:light}
:root:has(#theme-dark:checked){color-scheme:dark}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0 auto;padding:1rem 1rem 4rem;max-width:76rem;background:var(--page);color:var(--text);
font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;overflow-wrap:anywhere}
code,pre{font:.875em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
h1{font-size:1.5rem;line-height:1.3;margin:.5rem 0}
h2{font-size:1.25rem;margin:2rem 0 .5rem}
h3{font-size:1rem;margin:1rem 0 .25rem}
p{margin:.5rem 0}
ul,ol{margin:.25rem 0;padding-left:1.4rem}
li{margin:.25rem 0}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px}
.dim{color:var(--dim)}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.jump{position:absolute;left:-999rem}.jump:focus{left:1rem;background:var(--page);padding:.5rem}
.top{display:flex;flex-wrap:wrap;gap:.5rem 1rem;justify-content:space-between;align-items:center;color:var(--dim)}
.theme{border:0;margin:0;padding:0;display:flex;gap:.25rem}
.theme legend{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
.theme label{display:flex;gap:.3rem;align-items:center;padding:.25rem .5rem;min-height:2rem}
.sign{display:inline-block;min-width:1.1em;font-weight:700;text-align:center}
.sign.broken,.sign.fail{color:var(--bad)}
.sign.unknown,.sign.at-risk,.sign.warn,.sign.disabled{color:var(--doubt)}
.sign.healthy,.sign.pass{color:var(--good)}.sign.skip{color:var(--dim)}
.tag{display:inline-block;border:1px solid var(--line);border-radius:1rem;padding:0 .5rem;font-size:.8125rem;color:var(--dim)}
.counts{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.25rem 1rem}
details{border-top:1px solid var(--line);padding:.25rem 0}
summary{cursor:pointer;padding:.35rem 0;min-height:2rem}
details.mapping{border:1px solid var(--line);border-left-width:4px;border-radius:6px;padding:.25rem .75rem;margin:.5rem 0}
article.only{border-left:4px solid var(--line);padding-left:.75rem}
.mapping.broken{border-left-color:var(--bad)!important}
.mapping.unknown,.mapping.at-risk,.mapping.disabled{border-left-color:var(--doubt)!important}
.mapping.healthy{border-left-color:var(--good)!important}
.columns{columns:18rem}
.evidence{color:var(--text)}
.danger{color:var(--bad)}.caution{color:var(--doubt)}
.statement{border-left:4px solid var(--bad);background:var(--panel);padding:.25rem .75rem;margin:.75rem 0}
.statement.missing{border-left-color:var(--doubt)}
.copied{position:relative;margin:.35rem 0}
.copied pre{margin:0;padding:.6rem .75rem;background:var(--panel);border:1px solid var(--line);border-radius:6px;
white-space:pre-wrap;overflow-wrap:anywhere;max-height:24rem;overflow:auto}
.copied button{position:absolute;top:.3rem;right:.3rem}
.copied:has(button) pre{padding-right:5rem}
button,input{font:inherit;color:var(--text);background:var(--page);border:1px solid var(--dim);border-radius:6px;padding:.15rem .6rem;min-height:2rem}
input[type=search]{width:min(22rem,100%)}
.search{display:block;margin:.5rem 0}
.scroller{overflow-x:auto;position:relative}
.drawing{margin:.75rem 0 1.25rem}
.paths{display:block;width:100%;min-width:56rem;height:auto;font:12px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
.paths text{fill:var(--text);text-anchor:middle}
.paths .column{fill:var(--dim);font-weight:600}
.paths .note{fill:var(--dim);font-size:11px}
.paths rect{fill:var(--panel);stroke:var(--dim);stroke-width:1}
.paths path{stroke:var(--dim);stroke-width:2;fill:none}
.paths path.unreached{stroke-dasharray:3 5;opacity:.7}
.paths .unreached rect{stroke-dasharray:3 4;fill:var(--page)}
.paths .unreached text{fill:var(--dim)}
.paths .blocked rect{stroke:var(--bad);stroke-width:3;fill:var(--badfill)}
.paths .unknown rect{stroke:var(--doubt);stroke-width:3;stroke-dasharray:7 4;fill:var(--doubtfill)}
.paths .blocked circle{fill:var(--bad)}.paths .unknown circle{fill:var(--doubt)}
.paths .sign{fill:var(--page);font-weight:700}
.paths .hop:focus{outline:none}.paths .hop:focus rect{stroke:var(--focus);stroke-width:5}
.reasons li{padding:.1rem .4rem;border-radius:6px}
.drawing:has(.r1:is(:hover,:focus)) .w1,.drawing:has(.r2:is(:hover,:focus)) .w2,.drawing:has(.r3:is(:hover,:focus)) .w3,
.drawing:has(.r4:is(:hover,:focus)) .w4,.drawing:has(.r5:is(:hover,:focus)) .w5,.drawing:has(.r6:is(:hover,:focus)) .w6,
.drawing:has(.r7:is(:hover,:focus)) .w7,.drawing:has(.r8:is(:hover,:focus)) .w8,.drawing:has(.r9:is(:hover,:focus)) .w9
{background:var(--badfill);outline:2px solid var(--bad)}
.plots{display:grid;grid-template-columns:repeat(auto-fill,minmax(14rem,1fr));gap:1rem;margin:1rem 0}
.plot{margin:0;font-size:.875rem}
.plot svg{display:block;width:100%;height:3.5rem;border-bottom:1px solid var(--dim)}
.plot .line path{fill:none;stroke:var(--link);stroke-width:2;vector-effect:non-scaling-stroke}
.plot .bars path{fill:var(--link)}
.probed{margin:.75rem 0 1.25rem}
.row{list-style:none;padding:0 1.2rem 0 0;display:flex;flex-wrap:wrap;gap:.4rem 1.2rem;margin:.35rem 0}
.row li{position:relative;margin:0;min-width:6.2rem;padding:.25rem .5rem .4rem;border:1px solid var(--dim);border-radius:6px;background:var(--panel);font-size:.875rem;line-height:1.35}
.row li:not(:last-child)::after{content:"→" / "";position:absolute;right:-1.2rem;top:.3rem;width:1rem;text-align:center;color:var(--dim)}
.row .time{display:block;padding-left:1.35em;color:var(--dim);font-size:.8125rem}
.row .failed{border:3px solid var(--bad);background:var(--badfill)}.row .warned{border:2px solid var(--doubt);background:var(--doubtfill)}
.row .failed .time,.row .warned .time{color:var(--text)}
.row .skipped,.row .unreached{border-style:dashed;background:var(--page)}.row .unreached b{font-weight:400;color:var(--dim)}
.bar{display:block;width:100%;height:4px;margin-top:.2rem}.bar rect{fill:var(--link)}
.failed .bar rect{fill:var(--bad)}
.outcomes{list-style:none;padding-left:0}
.outcomes .failed{border-left:4px solid var(--bad);background:var(--badfill);padding:.25rem .6rem}
table{border-collapse:collapse;width:100%;font-size:.875rem}
td:first-child{white-space:nowrap;overflow-wrap:normal}th{white-space:nowrap}td:last-child{min-width:12rem;width:100%}
th,td{text-align:left;padding:.2rem .6rem .2rem 0;border-bottom:1px solid var(--line);vertical-align:top}
.number,.numbers td{text-align:right}.numbers{width:auto}.numbers td,.numbers th{padding:.2rem 1rem .2rem 0}.numbers td:last-child{min-width:6rem;width:auto}.numbers th:not(:first-child){text-align:right}
.checks{list-style:none;padding-left:0}
.checks>li{padding:.25rem 0}
.checks ul{list-style:none}
[hidden]{display:none!important}
@media (max-width:40rem){body{padding:.75rem .75rem 3rem}h1{font-size:1.25rem}.mapping{padding-left:.5rem}
ul,ol{padding-left:1.1rem}
.copied{display:flex;flex-direction:column}.copied button{position:static;align-self:flex-end;order:-1;margin-bottom:.25rem}
.copied:has(button) pre{padding-right:.75rem}}
@media (prefers-reduced-motion:no-preference){.reasons li{transition:background-color .15s}}
@page{margin:14mm}
@media print{:root,:root:has(:checked){color-scheme:light}
body{max-width:none;padding:0;font-size:10pt}
.theme,.jump,.search,.copied button{display:none}
details::details-content{content-visibility:visible;display:block;block-size:auto}
.copied pre{max-height:none;padding-right:.75rem}
.paths{min-width:0}.scroller{overflow:visible}
details.mapping,figure,.row li,pre,.statement{break-inside:avoid-page}
.plots{grid-template-columns:repeat(3,1fr)}
details.mapping{break-inside:auto}
a[href^="https"]::after{content:" (" attr(href) ")";color:var(--dim)}}
`;
