/** What runs before anything is shown: the theme the reader chose, or the one of the system. */
export const THEME_SCRIPT = `(function(){var t;try{t=localStorage.getItem('carriergrade-theme')}catch(e){}
if(!t)t=matchMedia('(prefers-color-scheme:dark)').matches?'dark':'light';document.documentElement.dataset.theme=t})()`;

/** Theme switch, sorting, filters, tips of charts, and everything open on paper. */
export const PAGE_SCRIPT = `(function(){
'use strict';
var root=document.documentElement,button=document.getElementById('theme');
function label(){button.textContent=root.dataset.theme==='dark'?'Light theme':'Dark theme'}
label();
button.addEventListener('click',function(){root.dataset.theme=root.dataset.theme==='dark'?'light':'dark';
try{localStorage.setItem('carriergrade-theme',root.dataset.theme)}catch(e){}label()});
matchMedia('(prefers-color-scheme:dark)').addEventListener('change',function(e){var kept;try{kept=localStorage.getItem('carriergrade-theme')}catch(x){}
if(!kept){root.dataset.theme=e.matches?'dark':'light';label()}});
var units={'µs':1e-6,ms:1e-3,s:1,min:60,h:3600,d:86400};
function value(text){var m=/^[<≤≥]?\\s*(−|-)?(\\d[\\d ]*(?:\\.\\d+)?(?:e[+-]?\\d+)?)\\s*([^\\s\\/]*)/.exec(text.trim());
if(!m)return null;return (m[1]?-1:1)*parseFloat(m[2].replace(/ /g,''))*(units[m[3]]||1)}
document.querySelectorAll('table.sortable').forEach(function(table){
var body=table.tBodies[0];
table.querySelectorAll('thead th button').forEach(function(b){b.addEventListener('click',function(){
var th=b.parentNode,i=th.cellIndex,up=th.getAttribute('aria-sort')==='descending'||(th.getAttribute('aria-sort')!=='ascending'&&getComputedStyle(th).textAlign!=='right');
table.querySelectorAll('thead th').forEach(function(o){o.removeAttribute('aria-sort')});
th.setAttribute('aria-sort',up?'ascending':'descending');
Array.prototype.slice.call(body.rows).map(function(r,n){var t=r.cells[i]?r.cells[i].textContent:'';return{r:r,n:n,t:t,v:value(t)}})
.sort(function(a,b){var c;if(a.v!==null&&b.v!==null)c=a.v-b.v;else if(a.v!==null||b.v!==null)return a.v===null?1:-1;else c=a.t<b.t?-1:a.t>b.t?1:0;
return (up?c:-c)||a.n-b.n}).forEach(function(o){body.appendChild(o.r)})})})});
document.querySelectorAll('input[data-filter]').forEach(function(input){input.addEventListener('input',function(){
var words=input.value.toLowerCase().split(/\\s+/);
Array.prototype.forEach.call(document.getElementById(input.dataset.filter).tBodies[0].rows,function(r){var t=r.textContent.toLowerCase();
r.hidden=!words.every(function(w){return t.indexOf(w)>=0})})})});
var tip=document.createElement('div');tip.id='tip';tip.hidden=true;document.body.appendChild(tip);
function show(text,x,y){tip.textContent=text;tip.hidden=false;var w=tip.offsetWidth,h=tip.offsetHeight;
tip.style.left=Math.max(4,Math.min(x+14,innerWidth-w-8))+'px';tip.style.top=Math.max(4,y+18+h>innerHeight?y-h-10:y+18)+'px'}
document.addEventListener('mousemove',function(e){var m=e.target.closest&&e.target.closest('.chart svg .marks [aria-label]');
if(m)show(m.getAttribute('aria-label').split('; ').join('\\n'),e.clientX,e.clientY);else if(!tip.dataset.kept)tip.hidden=true});
var closed=[];
addEventListener('beforeprint',function(){closed=Array.prototype.slice.call(document.querySelectorAll('details:not([open])'));closed.forEach(function(d){d.open=true})});
addEventListener('afterprint',function(){closed.forEach(function(d){d.open=false})});
if('IntersectionObserver'in window){var links={};document.querySelectorAll('nav a').forEach(function(a){links[a.hash.slice(1)]=a});
var seen=new IntersectionObserver(function(es){es.forEach(function(e){if(e.isIntersecting&&links[e.target.id]){
Object.keys(links).forEach(function(k){links[k].removeAttribute('aria-current')});links[e.target.id].setAttribute('aria-current','true')}})},{rootMargin:'-10% 0px -75% 0px'});
Object.keys(links).forEach(function(k){var s=document.getElementById(k);if(s)seen.observe(s)})}
var specs=document.getElementById('specs');
if(specs&&window.vega){var all=JSON.parse(specs.textContent);Object.keys(all).forEach(function(id){
var place=document.querySelector('#figure-'+id+' .canvas');var still=place.innerHTML;var name=place.querySelector('svg').getAttribute('aria-label');
var view=new vega.View(vega.parse(all[id]),{renderer:'svg',container:place,hover:true,tooltip:function(h,e,item,v){
if(v===null||v===undefined||v===''){tip.hidden=true;delete tip.dataset.kept;return}tip.dataset.kept='1';
show(typeof v==='object'?Object.keys(v).map(function(k){return k+': '+v[k]}).join('\\n'):String(v),e.clientX,e.clientY)}});
view.runAsync().then(function(){var svg=place.querySelector('svg');svg.setAttribute('role','img');svg.setAttribute('aria-label',name);svg.setAttribute('data-live','1')},
function(){place.innerHTML=still})})}
})()`;
