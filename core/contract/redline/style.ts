import { FILTER_STYLE } from './filters';

/**
 * The page's only style sheet, allowed by its hash. System fonts, nothing fetched. Inserted words are underlined twice,
 * removed ones struck through, so that the page reads in black and white; blue and red stay apart for the colour-blind.
 */
export const REDLINE_STYLE = `
:root{color-scheme:light dark;--page:#f4f5f7;--card:#fff;--text:#1c2128;--soft:#59636e;--line:#d6dbe1;--calm:#eceff2;--link:#0b57b0;
--ins:#0a4ea2;--ins-tint:#e4effc;--del:#a81e2a;--del-tint:#fdeceb;--warn:#8a4b00;--warn-tint:#fdf0dc;--good:#116c3a}
@media (prefers-color-scheme:dark){:root{--page:#111418;--card:#1b2026;--text:#e6e9ed;--soft:#a3adb8;--line:#39424d;--calm:#232a32;
--link:#7db4ff;--ins:#8fc1ff;--ins-tint:#17304f;--del:#ff9d97;--del-tint:#4a2020;--warn:#f5bd6b;--warn-tint:#3b2c14;--good:#6fd195}}
*{box-sizing:border-box}
html{scroll-behavior:smooth;scroll-padding-top:1rem}
body{margin:0;background:var(--page);color:var(--text);font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;
overflow-wrap:anywhere;-webkit-text-size-adjust:100%}
.layout{display:grid;grid-template-columns:minmax(15rem,21rem) minmax(0,1fr);max-width:82rem;margin:0 auto}
main{padding:2rem 1.5rem 4rem;min-width:0;max-width:60rem}
nav{position:sticky;top:0;align-self:start;height:100vh;overflow-y:auto;padding:1.5rem 0 2rem 1rem;font-size:.875rem;line-height:1.4}
#list-open,.list-toggle{display:none}
h1{font-size:1.6rem;line-height:1.25;margin:0 0 .75rem}
h2{font-size:1.15rem;line-height:1.3;margin:0 0 .75rem}
h3{font-size:1rem;line-height:1.4;margin:0}
p{margin:.4rem 0}
a{color:var(--link)}
.kicker{margin:0;color:var(--soft);font-size:.8rem;font-weight:600;letter-spacing:.08em;text-transform:uppercase}
.soft,.path,.count,dt{color:var(--soft)}
.path{margin:.1rem 0;font-size:.85rem}
dl{display:grid;grid-template-columns:8rem minmax(0,1fr);gap:.15rem 1rem;margin:0}
dt{font-size:.9rem;line-height:1.7}
dd{margin:0}
code{font:.88em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
.page-head{margin-bottom:1.25rem}
.legend{margin:.9rem 0 0;font-size:.875rem;color:var(--soft)}
section,article{background:var(--card);border:1px solid var(--line);border-radius:.6rem;margin:0 0 1rem;padding:1rem 1.15rem}
.attention{background:var(--warn-tint);border-color:var(--warn)}
.attention ul{margin:0;padding-left:1.2rem}
.attention li{margin:.3rem 0}
.doc-title{margin:1.75rem 0 .75rem}
article:target,section:target,tr:target,li:target{outline:3px solid var(--link);outline-offset:2px}
.number{font-variant-numeric:tabular-nums;font-weight:600;white-space:nowrap}
article header{display:flex;flex-wrap:wrap;gap:0 .75rem;align-items:baseline}article .path{flex-basis:100%}
.badges{margin:.1rem 0}
.badge{display:inline-block;border:1px solid currentColor;border-radius:1rem;padding:0 .55rem;font-size:.75rem;font-weight:600;line-height:1.55;
color:var(--soft);white-space:nowrap}
.badge.added,.sign.added{color:var(--ins)}
.badge.removed,.sign.removed{color:var(--del)}
.badge.modified,.sign.modified{color:var(--text)}
.badge.human,.badge.widening{color:var(--warn)}
.badge.narrowing{color:var(--good)}
.wording{white-space:pre-wrap;margin:.6rem 0 .2rem}
ins{color:var(--ins);background:var(--ins-tint);text-decoration:underline double;text-decoration-thickness:1px;text-underline-offset:.18em}
del+ins{margin-inline-start:.18em}
del{color:var(--del);background:var(--del-tint);text-decoration:line-through;text-decoration-thickness:1.5px}
ins::before,ins::after,del::before,del::after{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
ins::before{content:" [inserted: "}
del::before{content:" [removed: "}
ins::after,del::after{content:"] "}
.note{font-size:.875rem;color:var(--soft);margin:.4rem 0 0}
.note.human{color:var(--warn)}
.scroll{overflow-x:auto;position:relative}
table{border-collapse:collapse;width:100%;font-size:.9rem;line-height:1.45;overflow-wrap:normal}
th,td{border-bottom:1px solid var(--line);padding:.4rem .6rem;text-align:start;vertical-align:top;min-width:5.5rem}
thead th{color:var(--soft);font-weight:600}
td.badges{white-space:nowrap}
tr.calm-text td{color:var(--soft)}
blockquote{margin:.35rem 0 .1rem;padding:.35rem .7rem;background:var(--calm);border-inline-start:3px solid var(--soft);border-radius:.2rem;
font-size:.85rem;white-space:pre-line}
.quote{white-space:pre-line}
blockquote cite{display:block;font-style:normal;color:var(--soft)}
.quiet{background:none}
.quiet h3{font-size:.9rem;color:var(--soft)}
.quiet ul{list-style:none;margin:.4rem 0 0;padding:0;columns:17rem;column-gap:1.5rem;font-size:.9rem}
.quiet li{break-inside:avoid;padding:.1rem 0}
.same{margin:0 0 1rem;padding:.15rem 1.15rem;color:var(--soft);font-size:.875rem;border-inline-start:3px solid var(--line)}
.same summary{cursor:pointer}
.same-text{padding:.4rem 0;color:var(--text);font-size:.95rem}
.same-text p{white-space:pre-wrap}
footer{color:var(--soft);font-size:.8rem;margin-top:2rem}
.filters{border:0;margin:0 0 .5rem;padding:0;min-width:0}
.filters legend{font-weight:600;padding:0;margin-bottom:.25rem}
.filters label{display:inline-block;margin:0 .75rem .2rem 0;cursor:pointer;white-space:nowrap}
.filters input{margin:0 .15rem 0 0;accent-color:var(--link)}
.filter-note{margin:0;color:var(--warn);font-weight:600}
nav ol{list-style:none;margin:.75rem 0 0;padding:.75rem 0 0;border-top:1px solid var(--line)}
nav li a{display:flex;gap:.5rem;padding:.3rem .4rem;border-radius:.35rem;color:var(--text);text-decoration:none}
nav li a:hover{background:var(--calm)}
nav .signs{flex:none;min-width:2.1rem;font-weight:700;text-align:center}
nav .number{font-weight:600}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
@media screen and (max-width:56rem){.layout{display:block}main{padding:1rem .85rem 3rem;max-width:none}
nav{position:static;height:auto;overflow:visible;padding:1rem .85rem 0;font-size:.95rem}
#list-open{display:inline-block;margin:0 .5rem 0 0}.list-toggle{display:inline-block;font-weight:600}
#list-open:not(:checked)~.list{display:none}nav li a{padding:.5rem .4rem}
dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.4rem}section,article{padding:.85rem}h1{font-size:1.35rem}
.terms table,.terms tbody,.terms tr,.terms th,.terms td{display:block;border:0;padding:.15rem 0}.terms thead{display:none}.terms tr{border-bottom:1px solid var(--line);padding:.6rem 0}
.terms td:nth-of-type(1)::before{content:"Before: "}.terms td:nth-of-type(2)::before{content:"After: "}}
${FILTER_STYLE}@media print{@page{margin:18mm 16mm;@bottom-right{content:counter(page) " / " counter(pages);font-size:9pt}}
:root{color-scheme:light;--page:#fff;--card:#fff;--text:#000;--soft:#333;--line:#999;--calm:#fff;--ins:#003a80;--ins-tint:#fff;--del:#8a0f1a;
--del-tint:#fff;--warn:#000;--warn-tint:#fff;--good:#000;--link:#000}
html{font-size:10.5pt}nav{position:static;height:auto;padding:0}.layout{display:block;max-width:none}main{padding:0;max-width:none}
.list-toggle,#list-open,.filters,nav ol{display:none}#list-open:not(:checked)~.list{display:block}
section,article{border-radius:0;break-inside:avoid-page;padding:.6rem .8rem;margin-bottom:.7rem}
.wording{orphans:3;widows:3}h2,h3,header{break-after:avoid-page}tr{break-inside:avoid}thead{display:table-header-group}
.scroll{overflow:visible}a{text-decoration:none}.same{padding-block:0}details:not([open])>summary{list-style:none}
table{overflow-wrap:break-word}th,td{min-width:0}}
`;
