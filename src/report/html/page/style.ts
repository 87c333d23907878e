/** The style sheet of every HTML report. Contrast of texts is at least 4.5 : 1 in both themes; colours never stand alone. */
export const STYLE = `
:root{color-scheme:light;--bg:#fff;--panel:#f6f7f9;--fg:#15202b;--muted:#55616f;--grid:#e4e8ec;--line:#d3d9df;
--c1:#0b5cad;--c1-soft:#bcd6f0;--c2:#c14a09;--c2-soft:#f9d9c4;--c3:#00735c;--good:#0b6b4b;--good-bg:#e2f3ec;--bad:#a81e16;--bad-bg:#fbe6e3;--open:#7a5200;--open-bg:#fbf0d5;
--h0:#f1f3f5;--h1:#fdeadb;--h2:#fbcfaa;--h3:#f4a460;--h4:#dd6b20;--h5:#a83a06;--on-h4:#1b0d02;--on-h5:#fff}
:root[data-theme=dark]{color-scheme:dark;--bg:#10151b;--panel:#181f27;--fg:#e7ebf0;--muted:#a3afbc;--grid:#27303a;--line:#36414d;
--c1:#6db3f8;--c1-soft:#24486b;--c2:#ff9d5c;--c2-soft:#4d2c17;--c3:#4fd0aa;--good:#5fd3a5;--good-bg:#12332a;--bad:#ff938a;--bad-bg:#42191a;--open:#f0c060;--open-bg:#3a2d10;
--h0:#222a33;--h1:#35291f;--h2:#553519;--h3:#834a15;--h4:#c96a1c;--h5:#ffae66;--on-h4:#0d0600;--on-h5:#1b0d02}
@media print{:root,:root[data-theme=dark]{color-scheme:light;--bg:#fff;--panel:#f6f7f9;--fg:#000;--muted:#444;--grid:#ddd;--line:#bbb;
--c1:#0b5cad;--c1-soft:#bcd6f0;--c2:#c14a09;--c2-soft:#f9d9c4;--c3:#00735c;--good:#0b6b4b;--good-bg:#e2f3ec;--bad:#a81e16;--bad-bg:#fbe6e3;--open:#7a5200;--open-bg:#fbf0d5;
--h0:#f1f3f5;--h1:#fdeadb;--h2:#fbcfaa;--h3:#f4a460;--h4:#dd6b20;--h5:#a83a06;--on-h4:#1b0d02;--on-h5:#fff}}
*{box-sizing:border-box}
html{scroll-behavior:smooth;-webkit-text-size-adjust:100%;print-color-adjust:exact;-webkit-print-color-adjust:exact}
body{margin:0;background:var(--bg);color:var(--fg);font:15px/1.55 "Inter","Segoe UI",-apple-system,"Helvetica Neue","Liberation Sans",Arial,sans-serif;font-variant-numeric:tabular-nums}
a{color:var(--c1)}
:focus-visible{outline:3px solid var(--c1);outline-offset:2px;border-radius:3px}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:var(--bg);padding:.5rem 1rem;z-index:9}
.frame{display:grid;grid-template-columns:13.5rem minmax(0,1fr);max-width:84rem;margin:0 auto;gap:0 3rem;padding:0 2rem}
nav{position:sticky;top:0;align-self:start;max-height:100vh;overflow:auto;padding:2.6rem 0 2rem;font-size:.86rem}
nav p{margin:0 0 1.1rem;font-weight:650;letter-spacing:.01em}
nav ul{list-style:none;margin:0;padding:0}nav li ul{margin:.1rem 0 .3rem;padding-left:.8rem}
nav a{display:block;padding:.22rem .6rem;margin-left:-.6rem;color:var(--muted);text-decoration:none;border-radius:4px;overflow-wrap:anywhere}
nav a:hover,nav a[aria-current]{color:var(--fg);background:var(--panel)}
nav button{margin-top:1.4rem}
button{font:inherit;color:inherit;background:none;border:1px solid var(--line);border-radius:6px;padding:.3rem .7rem;cursor:pointer}
button:hover{background:var(--panel)}
main{min-width:0;padding:2.4rem 0 5rem}
header.title{padding-bottom:1.4rem}
.eyebrow{margin:0;color:var(--muted);font-size:.8rem;letter-spacing:.08em;text-transform:uppercase}
h1{font-size:1.95rem;line-height:1.2;font-weight:680;letter-spacing:-.018em;margin:.35rem 0 .2rem;text-wrap:balance}
h2{font-size:1.32rem;font-weight:660;letter-spacing:-.01em;margin:3.4rem 0 .9rem;padding-top:1.1rem;border-top:1px solid var(--line)}
h3{font-size:1.12rem;font-weight:650;margin:2.6rem 0 .7rem}
h4{font-size:.95rem;font-weight:650;margin:1.9rem 0 .5rem}
p{margin:.4rem 0 .8rem;max-width:46rem}
.note,.faint{color:var(--muted);font-size:.85rem}
.verdict{border:1px solid;border-left-width:6px;border-radius:8px;padding:1rem 1.3rem 1.05rem;margin:.4rem 0 1.4rem}
.verdict strong{display:block;font-size:1.28rem;font-weight:680;line-height:1.35;letter-spacing:-.01em}
.verdict p{margin:.35rem 0 0;color:var(--fg);max-width:52rem}
.verdict.good{border-color:var(--good);background:var(--good-bg)}.verdict.good strong{color:var(--good)}
.verdict.bad{border-color:var(--bad);background:var(--bad-bg)}.verdict.bad strong{color:var(--bad)}
.verdict.open{border-color:var(--open);background:var(--open-bg)}.verdict.open strong{color:var(--open)}
.verdict.none{border-color:var(--line);background:var(--panel)}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.6rem,1fr));gap:1px;background:var(--bg);border:1px solid var(--line);border-radius:8px;overflow:hidden;margin:1rem 0 1.6rem;padding:0}
.tiles>div{box-shadow:0 0 0 1px var(--line);padding:.75rem .95rem .8rem}
.tiles dt{color:var(--muted);font-size:.8rem;line-height:1.35}
.tiles dd{margin:.18rem 0 0;font-size:1.3rem;font-weight:640;letter-spacing:-.012em;line-height:1.3}
.tiles dd small{display:block;font-size:.78rem;font-weight:400;letter-spacing:0;color:var(--muted);line-height:1.4;margin-top:.1rem}
.scroll{overflow-x:auto;margin:.6rem 0 1.1rem}
.tall{max-height:30rem;overflow:auto}
table{border-collapse:collapse;font-size:.86rem;line-height:1.4;min-width:min(100%,30rem)}
th,td{padding:.36rem .75rem .36rem 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--grid)}
th:last-child,td:last-child{padding-right:.2rem}
thead th{color:var(--muted);font-weight:560;border-bottom:1px solid var(--line);white-space:nowrap;position:sticky;top:0;background:var(--bg)}
.c1 td:nth-child(1),.c1 th:nth-child(1),.c2 td:nth-child(2),.c2 th:nth-child(2),.c3 td:nth-child(3),.c3 th:nth-child(3),.c4 td:nth-child(4),.c4 th:nth-child(4),.c5 td:nth-child(5),.c5 th:nth-child(5),.c6 td:nth-child(6),.c6 th:nth-child(6),.c7 td:nth-child(7),.c7 th:nth-child(7),.c8 td:nth-child(8),.c8 th:nth-child(8),.c9 td:nth-child(9),.c9 th:nth-child(9),.c10 td:nth-child(10),.c10 th:nth-child(10),.c11 td:nth-child(11),.c11 th:nth-child(11),.c12 td:nth-child(12),.c12 th:nth-child(12),.n{text-align:right;white-space:nowrap}.c2 td:first-child{overflow-wrap:anywhere}.keep{white-space:nowrap}
tbody th{font-weight:560}
th button{border:0;padding:0;color:inherit;font-weight:inherit;white-space:nowrap}th button:hover{background:none;color:var(--fg)}
th button::after{content:"↕";opacity:.4;margin-left:.3rem;font-size:.8em}
th[aria-sort=ascending] button::after{content:"↑";opacity:1}th[aria-sort=descending] button::after{content:"↓";opacity:1}
tr.sub td:first-child{padding-left:1.2rem;color:var(--muted)}tr.sub2 td:first-child{padding-left:2.4rem;color:var(--muted)}
.tone-good{color:var(--good);font-weight:600}.tone-bad{color:var(--bad);font-weight:600}.tone-open{color:var(--open);font-weight:600}.tone-faint{color:var(--muted)}.tone-strong{font-weight:650}
.bars{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr));gap:.4rem 3rem;margin:.6rem 0 1rem}
.bars section{min-width:0}.bars h5{font-size:.85rem;font-weight:600;color:var(--muted);margin:.7rem 0 .2rem}
.bars table{width:100%;min-width:0;table-layout:fixed}.bars td.n{width:4.7rem}.bars td,.bars th{padding:.16rem .6rem .16rem 0;border:0;vertical-align:middle}.bars th{width:9.5rem;font-weight:400}

.track>i{display:block;height:.72rem;border-radius:2px;background:var(--c1);min-width:2px}
.spending{width:100%}.spending td,.spending th{vertical-align:middle}.spending td:nth-child(2){width:30%}.limit{position:relative}.limit i{display:block;height:.8rem;border-radius:2px;background:var(--c1)}.limit i.fail{background:var(--c2)}.limit b{position:absolute;top:-.25rem;bottom:-.25rem;width:3px;margin-left:-2px;background:var(--fg)}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,27rem),1fr));gap:0 2.4rem;align-items:start}
.parts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,17rem),1fr));gap:0 1.4rem;align-items:start}.parts>.wide{grid-column:1/-1}
figure{margin:1.2rem 0 1.4rem;min-width:0}
figcaption{font-size:.9rem;margin-bottom:.5rem}figcaption strong{display:block;font-weight:620}
.legend{display:flex;flex-wrap:wrap;gap:.1rem 1.2rem;color:var(--muted);font-size:.8rem;margin-top:.15rem}
.legend span{display:inline-flex;align-items:center;gap:.4rem}
.key{display:inline-block;width:.8rem;height:.8rem;flex:none}
.key.dot{border-radius:50%;background:var(--c1);width:.6rem;height:.6rem}.key.ring{border-radius:50%;border:2px solid var(--c1);width:.65rem;height:.65rem}
.key.band{background:var(--c1-soft);border-radius:3px;height:.55rem;width:1.3rem}
.key.tick{width:3px;background:var(--c2)}.key.diamond{border:1.6px solid var(--c3);transform:rotate(45deg);width:.55rem;height:.55rem}
.key.bar{background:var(--c1);border-radius:2px;height:.6rem}.key.bar2{background:var(--c2);border-radius:2px;height:.6rem}.key.shade{background:var(--c2-soft)}.key.line{height:2px;width:1.1rem;background:var(--c2)}
.key.heat1{background:var(--h1);border:1px solid var(--muted)}.key.heat3{background:var(--h3)}.key.heat5{background:var(--h5)}
.canvas{overflow-x:auto;overflow-y:hidden}
.canvas svg{display:block;max-width:100%;height:auto}
.canvas svg text{font-family:inherit;font-size:11px}.chart text:not([fill]){fill:var(--muted)}
.chart svg{min-width:min(100%,26rem)}
.graph .canvas{border:1px solid var(--grid);border-radius:8px;padding:.8rem;overflow:auto}
.graph svg{margin:0 auto}.graph svg text{fill:var(--fg);font-size:10px}
.graph polygon,.graph path,.graph ellipse,.graph polyline{stroke:var(--muted)}
.graph .edge path{stroke:var(--muted);opacity:.75}.graph .edge.runs-on path{stroke:var(--c1);stroke-dasharray:4 3}.graph .edge.stands-in path{stroke-dasharray:1 3}
.graph .edge text{fill:var(--muted);font-size:9px}
.graph .cluster rect{fill:var(--panel);stroke:var(--line)}.graph .cluster text{fill:var(--muted)}
.graph .joint ellipse{fill:var(--muted)}.graph .gate text{fill:var(--muted)}
.graph svg{text-anchor:middle}.graph .edge path,.graph [fill=none]{fill:none}.graph rect{stroke:var(--muted)}.graph .box rect:not([fill=none]){fill:var(--h0)}
.graph .group rect{stroke:var(--c1);stroke-width:1.4}
.graph .heat-1 rect:not([fill=none]){fill:var(--h1)}.graph .heat-2 rect:not([fill=none]){fill:var(--h2)}.graph .heat-3 rect:not([fill=none]){fill:var(--h3)}.graph .heat-4 rect:not([fill=none]){fill:var(--h4)}.graph .heat-5 rect:not([fill=none]){fill:var(--h5)}
.graph .heat-4 text{fill:var(--on-h4)}.graph .heat-5 text{fill:var(--on-h5)}.graph .heat-3 text{fill:var(--fg)}
.undrawn{color:var(--muted);font-style:italic}
details{border:1px solid var(--grid);border-radius:8px;margin:.7rem 0;padding:0 1rem}
summary{cursor:pointer;padding:.55rem 0;font-weight:560;font-size:.9rem}details[open]{padding-bottom:.5rem}
details>.scroll:first-of-type{margin-top:0}
.filter{display:block;margin:.4rem 0 .6rem;font-size:.85rem;color:var(--muted)}
.filter input{font:inherit;color:var(--fg);background:var(--bg);border:1px solid var(--line);border-radius:6px;padding:.3rem .6rem;width:min(100%,20rem);margin-left:.5rem}
#tip{position:fixed;z-index:10;max-width:24rem;padding:.45rem .65rem;border-radius:6px;background:var(--fg);color:var(--bg);font-size:.8rem;line-height:1.4;pointer-events:none;white-space:pre-line}
footer{color:var(--muted);font-size:.82rem;border-top:1px solid var(--line);margin-top:3.5rem;padding-top:1rem}
@media(max-width:60rem){.frame{display:block;padding:0 1.1rem}nav{position:static;max-height:none;padding:1.1rem 0 0;display:flex;align-items:center;justify-content:space-between}nav ul{display:none}nav p{margin:0}nav button{margin:0}main{padding-top:1.2rem}h1{font-size:1.55rem}h2{margin-top:2.6rem}.chart svg{max-width:none}}
@media print{@page{margin:14mm 13mm}body{font-size:9.6pt}.frame{display:block;max-width:none;padding:0}nav,.skip,.filter,th button::after,#tip{display:none!important}main{padding:0}
h2{break-after:avoid;margin-top:1.6rem}h3,h4,figcaption{break-after:avoid}figure,tr,.tiles,.verdict,.bars section{break-inside:avoid}.tall{max-height:none;overflow:visible}.scroll,.canvas,.graph .canvas{overflow:visible}thead:not([hidden]){display:table-header-group}thead th{position:static}
details{border:0;padding:0}summary{list-style:none}.figures{display:block}.chart svg,.graph svg{min-width:0!important;max-width:100%}.graph svg{max-height:16cm}a{color:inherit;text-decoration:none}}
@media(prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
`;
