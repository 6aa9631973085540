/** The rendered policy's only style sheet, allowed by its hash. System fonts and colours: nothing is fetched. */
export const DOCUMENT_STYLE = `
:root{color-scheme:light dark;--page:#f4f5f7;--card:#fff;--text:#1c2128;--soft:#59636e;--line:#d6dbe1;--head:#eceff2;--link:#0b57b0}
@media (prefers-color-scheme:dark){:root{--page:#111418;--card:#1b2026;--text:#e6e9ed;--soft:#a3adb8;--line:#39424d;--head:#232a32;--link:#7db4ff}}
*{box-sizing:border-box}
html{scroll-padding-top:1rem}
body{margin:0;background:var(--page);color:var(--text);font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;
overflow-wrap:anywhere;-webkit-text-size-adjust:100%}
main{max-width:58rem;margin:0 auto;padding:2rem 1.5rem 4rem}
h1{font-size:1.7rem;line-height:1.25;margin:0 0 .75rem}
h2{font-size:1.25rem;line-height:1.3;margin:2.25rem 0 .6rem;padding-top:.6rem;border-top:1px solid var(--line)}
h3{font-size:1rem;margin:1.25rem 0 .25rem}
p{margin:.4rem 0}
ul{margin:.4rem 0;padding-left:1.4rem}
li{margin:.3rem 0}
a{color:var(--link)}
.kicker{margin:0;color:var(--soft);font-size:.8rem;font-weight:600;letter-spacing:.08em;text-transform:uppercase}
code{font:.88em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
nav ol{columns:14rem;column-gap:2rem;margin:1rem 0;padding:.9rem 1rem .9rem 2.4rem;background:var(--card);border:1px solid var(--line);border-radius:.6rem}
.scroll{overflow-x:auto;background:var(--card);border:1px solid var(--line);border-radius:.6rem;margin:.6rem 0}
table{border-collapse:collapse;width:100%;font-size:.9rem;line-height:1.45;overflow-wrap:normal}
th,td{border-bottom:1px solid var(--line);padding:.45rem .75rem;text-align:start;vertical-align:top}
tr:last-child td{border-bottom:0}
thead th{background:var(--head);font-weight:600}
.signatures{margin:1.5rem 0 0}
.signatures div{display:grid;grid-template-columns:10rem 1fr;align-items:end;gap:1rem;padding-top:1.75rem;max-width:36rem}
.signatures dt{color:var(--soft)}
.signatures dd{margin:0;border-bottom:1px solid var(--text);min-height:1.5rem}
@media (max-width:40rem){main{padding:1.25rem .9rem 3rem}.signatures div{grid-template-columns:1fr;gap:0}}
@media print{:root{--page:#fff;--card:#fff;--text:#000;--soft:#333;--line:#999;--head:#fff;--link:#000}
body{font-size:10pt}main{max-width:none;padding:0}nav{display:none}a{color:inherit;text-decoration:none}.scroll{overflow:visible;border:0}
h2,h3{break-after:avoid}tr,li,.signatures{break-inside:avoid}thead{display:table-header-group}}
`;
