/** The matrix page's only style sheet, allowed by its hash. System fonts and colours: nothing is fetched. */
export const MATRIX_STYLE = `
:root{color-scheme:light dark;--page:#f4f5f7;--card:#fff;--text:#1c2128;--soft:#59636e;--line:#d6dbe1;--head:#eceff2;--link:#0b57b0;
--yes:#116c3a;--yes-tint:#dff1e7;--maybe:#8a4b00;--maybe-tint:#fdf0dc;--stripe:#f8f9fb}
@media (prefers-color-scheme:dark){:root{--page:#111418;--card:#1b2026;--text:#e6e9ed;--soft:#a3adb8;--line:#39424d;--head:#232a32;
--link:#7db4ff;--yes:#6fd195;--yes-tint:#17352a;--maybe:#f5bd6b;--maybe-tint:#3b2c14;--stripe:#1f252c}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;
-webkit-text-size-adjust:100%}
main{padding:2rem 1.5rem 4rem;max-width:100rem;margin:0 auto}
h1{font-size:1.6rem;line-height:1.25;margin:0 0 .5rem;overflow-wrap:anywhere}
h2{font-size:1.15rem;line-height:1.3;margin:2rem 0 .75rem}
p{margin:.4rem 0}
.kicker{margin:0;color:var(--soft);font-size:.8rem;font-weight:600;letter-spacing:.08em;text-transform:uppercase}
.soft{color:var(--soft)}
code{font:.88em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;overflow-wrap:anywhere}
.figures{display:flex;flex-wrap:wrap;gap:.75rem;margin:1.25rem 0;padding:0;list-style:none}
.figures li{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:.6rem 1rem;min-width:9rem}
.figures strong{display:block;font-size:1.4rem;line-height:1.3;font-variant-numeric:tabular-nums}
.figures .warn{border-color:var(--maybe);background:var(--maybe-tint)}
.legend{display:flex;flex-wrap:wrap;gap:.4rem 1.5rem;font-size:.9rem;margin:0 0 .75rem}
.filters{border:0;margin:0 0 .75rem;padding:0;display:flex;flex-wrap:wrap;gap:.4rem 1.25rem;font-size:.9rem}
.filters legend{float:left;font-weight:600;padding:0;margin-right:1rem}
.filters label{cursor:pointer}
body:has(#show-access:checked) tr.without,body:has(#show-without:checked) tr.with,body:has(#show-nobody:checked) tr:not(.nobody):not(.head){display:none}
.scroll{overflow:auto;width:fit-content;max-width:100%;max-height:min(80vh,60rem);border:1px solid var(--line);border-radius:.6rem;background:var(--card)}
.scroll:focus-visible{outline:3px solid var(--link);outline-offset:2px}
table{border-collapse:separate;border-spacing:0;font-size:.875rem;line-height:1.4}
th,td{padding:.4rem .7rem;border-bottom:1px solid var(--line);text-align:start;vertical-align:middle;white-space:nowrap}
thead th{position:sticky;top:0;z-index:2;background:var(--head);font-weight:600;vertical-align:bottom}
thead tr.apps th{top:0;text-align:center;border-inline-start:1px solid var(--line);height:2.1rem}
thead tr.names th{top:2.1rem}
th.name{padding:.5rem .35rem;text-align:start;border-inline-start:1px solid var(--line)}
th.name span{writing-mode:vertical-rl;transform:rotate(180deg);max-height:13rem;overflow:hidden;text-overflow:ellipsis}
tbody th{font-weight:400;background:var(--card);position:sticky;inset-inline-start:0;z-index:1}
tbody td.value{background:var(--card)}
tbody tr:nth-child(even)>*{background:var(--stripe)}
td.mark{text-align:center;border-inline-start:1px solid var(--line);min-width:2.2rem;padding:.4rem .3rem}
td.mark.yes{background:var(--yes-tint)!important;color:var(--yes);font-weight:700}
td.mark.maybe{background:var(--maybe-tint)!important;color:var(--maybe);font-weight:700}
td.count{text-align:end;font-variant-numeric:tabular-nums}
tr.nobody td.count{color:var(--soft)}
.notes{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:.75rem 1.25rem .75rem 2.25rem;margin:0}
.notes li{margin:.25rem 0;overflow-wrap:anywhere}
.empty{background:var(--card);border:1px dashed var(--line);border-radius:.6rem;padding:2rem 1.25rem;text-align:center}
footer{color:var(--soft);font-size:.8rem;margin-top:2rem}
@media (max-width:40rem){main{padding:1.25rem .75rem 3rem}}
@media print{@page{size:landscape;margin:1cm}
:root{--page:#fff;--card:#fff;--text:#000;--soft:#333;--line:#999;--head:#fff;--stripe:#fff;--yes:#000;--yes-tint:#e6e6e6;--maybe:#000;--maybe-tint:#fff}
body{font-size:9pt}main{max-width:none;padding:0}.scroll{overflow:visible;max-height:none;border:0}.filters{display:none}
thead{display:table-header-group}thead th,tbody th{position:static}tr{break-inside:avoid}td.mark{print-color-adjust:exact}}
`;
