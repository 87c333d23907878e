/** A chart without what a page says once: roles of its parts, pointers, fonts, digits nobody sees. */
export function slimChart(svg: string): string {
  return svg
    .replace(
      / (?:aria-hidden|pointer-events|aria-roledescription|font-family|stroke-miterlimit|opacity="1")(?:="[^"]*")?/g,
      '',
    )
    .replace(/ role="(?:graphics-symbol|graphics-object)"/g, '')
    .replace(/ class="mark-[a-z]+ role-(?!mark)[^"]*"/g, '')
    .replace(/ class="mark-[a-z]+ role-mark[^"]*"/g, ' class="marks"')
    .replace(/<path class="(?:foreground|background)"[^>]*\/>/g, '')
    .replace(/<text[^>]*\/>/g, '')
    .replace(/<text[^>]*opacity="0"[^>]*>[^<]*<\/text>/g, '')
    .replace(/ xmlns:xlink="[^"]*"| version="1.1"/g, '')
    .replace(/(\d+\.\d)\d+/g, '$1')
    .replace(/<svg([^>]*) class="marks"/, '<svg$1')
    .replace(/(<g(?: transform="translate\(0,0\)")?>)<\/g>/g, '');
}

/** A graph without the prologue of a file, titles, and colours that the page gives by class. */
export function slimGraph(svg: string): string {
  return svg
    .slice(svg.indexOf('<svg'))
    .replace(/<!--[\s\S]*?-->\s*/g, '')
    .replace(/<title>[^<]*<\/title>\s*/g, '')
    .replace(/ xmlns:xlink="[^"]*"| font-family="[^"]*"| id="[^"]*"/g, '')
    .replace(/ (?:fill|stroke)="(?:none|black|white|transparent|lightgr[ae]y)"/g, '')
    .replace(/(\d+\.\d)\d+/g, '$1')
    .replace(/>\s+</g, '><')
    .trim();
}
