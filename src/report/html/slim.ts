/** Attributes that hold coordinates: a tenth of a pixel is enough. */
const COORDINATES = / (?:transform|d|points|x|y|x1|y1|x2|y2|cx|cy|rx|ry|width|height|viewBox)="[^"]*"/g;

/** A chart without what a page says once: roles of its parts, pointers, fonts, digits nobody sees. */
export function slimChart(svg: string): string {
  const slim = svg
    .replace(/ (?:aria-hidden|pointer-events|aria-roledescription|font-family|stroke-miterlimit)="[^"]*"/g, '')
    .replace(/ (?:opacity="1"|font-size="11px"|font-weight="normal"|stroke-width="1"|text-anchor="start")/g, '')
    .replace(/ role="(?:graphics-symbol|graphics-object)"/g, '')
    .replace(/ aria-label="(?:[XY]-axis|Title|Legend)[^"]*"/g, '')
    .replace(/ class="mark-[a-z]+ role-(?!mark)[^"]*"/g, '')
    .replace(/ class="mark-[a-z]+ role-mark[^"]*"/g, ' class="marks"')
    .replace(/<path class="(?:foreground|background)"[^>]*\/>/g, '')
    .replace(/<text[^>]*\/>/g, '')
    .replace(/<text[^>]*opacity="0"[^>]*>[^<]*<\/text>/g, '')
    .replace(/<path [^>]*opacity="0"[^>]*\/>/g, '')
    .replace(/ xmlns(?::xlink)?="[^"]*"| version="1.1"/g, '')
    .replace(/<svg([^>]*) class="marks"/, '<svg$1')
    .replace(/<text([^>]*) transform="translate\((-?[\d.]+),(-?[\d.]+)\)"/g, '<text$1 x="$2" y="$3"')
    .replace(/ fill="var\(--muted\)"/g, '');
  return joinedLines(withoutEmptyGroups(rounded(slim).replace(/ transform="translate\(0,0\)"/g, '')));
}

/** A graph without the prologue of a file, titles, and colours that the page gives by class; boxes are rectangles. */
export function slimGraph(svg: string): string {
  const slim = svg
    .slice(svg.indexOf('<svg'))
    .replace(/<!--[\s\S]*?-->\s*/g, '')
    .replace(/<title>[^<]*<\/title>\s*/g, '')
    .replace(/ xmlns(?::xlink)?="[^"]*"| xml:space="preserve"| font-family="[^"]*"| font-size="10.00"| id="[^"]*"/g, '')
    .replace(/ (?:fill|stroke)="(?:black|white|transparent|lightgr[ae]y)"/g, '')
    .replace(/&#45;/g, '-')
    .replace(/<path( fill="none")? d="([^"]*)"\/>/g, (path: string, empty: string | undefined, course: string) =>
      course.match(/[CL]/g)?.length === 1 && (course.match(/ /g)?.length ?? 0) > 20
        ? rectangle(course, empty ?? '')
        : path,
    )
    .replace(/ text-anchor="middle"/g, '')
    .replace(/(<g class="edge[^>]*>\s*<path) fill="none"/g, '$1')
    .replace(/>\s+</g, '><')
    .replace(/\s*\n\s*/g, ' ');
  const width = /width="([\d.]+)pt"/.exec(slim)?.[1] ?? '0';
  // Small screens scroll before its texts become too small to read.
  return rounded(slim)
    .replace('<svg', `<svg style="min-width:${Math.round(0.85 * Number(width))}px"`)
    .trim();
}

/** The rounded box that a closed curve of Graphviz draws. */
function rectangle(course: string, attributes: string): string {
  const points = [...course.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const);
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const size = [Math.max(...xs) - left, Math.max(...ys) - top].map((length) => length.toFixed(1));
  return `<rect${attributes} x="${left.toFixed(1)}" y="${top.toFixed(1)}" width="${size[0]}" height="${size[1]}" rx="7"/>`;
}

function rounded(svg: string): string {
  return svg.replace(COORDINATES, (attribute) =>
    attribute.replace(/-?\d+\.\d+/g, (number) => String(Math.round(Number(number) * 10) / 10)),
  );
}

function withoutEmptyGroups(svg: string): string {
  const next = svg
    .replace(/<g[^>]*\/>|<g[^>]*><\/g>/g, '')
    .replace(/<g>(<g[^>]*>(?:(?!<\/?g\b)[\s\S])*<\/g>)<\/g>/g, '$1');
  return next === svg ? svg : withoutEmptyGroups(next);
}

/** Lines of one look, one after the other, as one path. */
function joinedLines(svg: string): string {
  const line = /<line(?: transform="translate\((-?[\d.]+),(-?[\d.]+)\)")? x2="(-?[\d.]+)" y2="(-?[\d.]+)"([^>]*)\/>/g;
  const run = /(?:<line(?: transform="[^"]*")? x2="[^"]*" y2="[^"]*"( stroke="var\(--grid\)")\/>)+/g;
  return svg.replace(run, (lines: string, look: string) => {
    const course = [...lines.matchAll(line)].map(([, x = '0', y = '0', right, down]) => `M${x},${y}l${right},${down}`);
    return `<path d="${course.join('')}"${look}/>`;
  });
}
