/** The only style sheet of the decision pages, allowed by its hash. System fonts and colours: nothing is fetched. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--page:#f4f5f7;--card:#fff;--text:#1c2128;--soft:#59636e;--line:#d6dbe1;--quote:#f4f6f8;
--link:#0b57b0;--good:#116c3a;--good-tint:#e5f4ea;--bad:#b0232d;--bad-tint:#fbeaea;--warn:#8a4b00;--warn-tint:#fdf0dc}
@media (prefers-color-scheme:dark){:root{--page:#111418;--card:#1b2026;--text:#e6e9ed;--soft:#a3adb8;--line:#39424d;
--quote:#232a32;--link:#7db4ff;--good:#6fd195;--good-tint:#17352a;--bad:#ff9a9a;--bad-tint:#41201f;--warn:#f5bd6b;--warn-tint:#3b2c14}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;
overflow-wrap:anywhere;-webkit-text-size-adjust:100%}
main{max-width:46rem;margin:0 auto;padding:2rem 1rem 4rem}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 .5rem}
h2{font-size:1.2rem;line-height:1.3;margin:0}
h3{font-size:1rem;line-height:1.4;margin:0}
p{margin:.4rem 0}
.soft,dt{color:var(--soft)}
.intro{margin-bottom:1.5rem}
dl{display:grid;grid-template-columns:11.5rem 1fr;gap:.2rem 1rem;margin:.6rem 0 0}
dt{font-size:.9rem;line-height:1.65}
dd{margin:0}
.person,.plain{background:var(--card);border:1px solid var(--line);border-radius:.75rem;margin:0 0 1.25rem;padding:1.25rem}
.person-facts{margin-bottom:1rem}
.action{border-top:1px solid var(--line);padding:1rem 0}
.action-head{display:flex;flex-wrap:wrap;gap:.35rem .6rem;align-items:baseline}
.badge{display:inline-block;background:var(--warn-tint);color:var(--warn);border:1px solid currentColor;border-radius:1rem;
padding:0 .6rem;font-size:.8rem;font-weight:600;line-height:1.5}
blockquote{margin:.5rem 0 .2rem;padding:.5rem .8rem;background:var(--quote);border-left:3px solid var(--soft);border-radius:0 .4rem .4rem 0;
white-space:pre-line;font-size:.95rem}
blockquote cite{display:block;font-style:normal;color:var(--soft);font-size:.85rem}
code{font:.88em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
fieldset{border:0;border-top:1px solid var(--line);margin:0;padding:1rem 0 0;min-width:0}
legend{float:left;width:100%;padding:0;margin:0 0 .6rem;font-weight:600}
.choices{clear:both;display:grid;grid-template-columns:1fr 1fr;gap:.75rem}
.choice{display:flex;align-items:center;gap:.6rem;min-height:3rem;padding:.5rem .9rem;border:1px solid var(--line);border-radius:.5rem;
cursor:pointer;font-weight:600}
.choice input{width:1.15rem;height:1.15rem;margin:0;flex:none}
.approve input{accent-color:var(--good)}
.deny input{accent-color:var(--bad)}
.approve:has(:checked){border-color:var(--good);background:var(--good-tint);color:var(--good)}
.deny:has(:checked){border-color:var(--bad);background:var(--bad-tint);color:var(--bad)}
.choice:focus-within{outline:3px solid var(--link);outline-offset:2px}
label.comment{display:block;font-weight:600;margin-bottom:.4rem}
textarea{display:block;width:100%;min-height:5rem;padding:.6rem .75rem;border:1px solid var(--line);border-radius:.5rem;background:var(--card);
color:inherit;font:inherit;resize:vertical}
textarea:focus-visible,button:focus-visible{outline:3px solid var(--link);outline-offset:2px}
button{display:block;width:100%;min-height:3.25rem;margin:1rem 0 .75rem;border:0;border-radius:.5rem;background:var(--text);color:var(--card);
font:inherit;font-size:1.05rem;font-weight:600;cursor:pointer}
.votes{list-style:none;margin:1rem 0 0;padding:0}
.votes li{display:flex;justify-content:space-between;gap:1rem;padding:.6rem 0;border-top:1px solid var(--line)}
.votes strong{white-space:nowrap}
.votes .approve{color:var(--good)}
.votes .deny{color:var(--bad)}
@media (max-width:30rem){main{padding:1.25rem .75rem 3rem}.person,.plain{padding:1rem}dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.45rem}}
@media print{:root{--page:#fff;--card:#fff;--text:#000;--soft:#333;--line:#999;--quote:#fff;--warn:#000;--warn-tint:#fff}
main{max-width:none;padding:0}.person{break-inside:avoid}button{display:none}}
`;
