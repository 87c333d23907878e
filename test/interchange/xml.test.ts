import { describe, expect, it } from 'vitest';
import { readXml, type XmlElement } from '../../src/interchange/xml/document.ts';
import { testRandom } from '../analytic/structures.ts';

/** Tags, attributes and children alone. */
type Plain = readonly [tag: string, attributes: Readonly<Record<string, string>>, children: readonly Plain[]];

function plain({ tag, attributes, children }: XmlElement): Plain {
  return [tag, Object.fromEntries(attributes), children.map(plain)];
}

function read(text: string): Plain {
  const { root, problems } = readXml(text, 'x.xml');
  expect(problems).toEqual([]);
  return plain(root!);
}

function fault(text: string): string {
  const [problem] = readXml(text, 'x.xml').problems;
  const { line, column } = problem!.place!;
  return `${line}:${column} ${problem!.code}: ${problem!.message}`;
}

describe('reference: XML 1.0', () => {
  it('elements, attributes in either quotes, empty elements, white space in tags', () => {
    expect(read(`<a  x = "1"\ty='"'>\n<b/> <b ></b >text<c:d-e._1 />\n</a>`)).toEqual([
      'a',
      { x: '1', y: '"' },
      [
        ['b', {}, []],
        ['b', {}, []],
        ['c:d-e._1', {}, []],
      ],
    ]);
  });

  it('the five predefined entities and character references; a line break in a value is a blank', () => {
    expect(read(`<a x="&lt;&gt;&amp;&quot;&apos;" y="&#65;&#x42;&#128512;" z="1\r\n2\t3"/>`)[1]).toEqual({
      x: `<>&"'`,
      y: 'AB😀',
      z: '1 2 3',
    });
  });

  it('comments, instructions, sections and a document type are passed over', () => {
    const type = `<!DOCTYPE a [ <!ENTITY e "]>"> <!-- ]> --> <!ELEMENT a (b|c)> ]>`;
    const text = `\uFEFF<?xml version="1.0"?>\n${type}\n<!-- <a> --><a><![CDATA[ <b> & ]]><?p <c> ?><!-- & --></a> <!-- end -->\n`;
    expect(read(text)).toEqual(['a', {}, []]);
  });

  it('letters beyond ASCII in names and values', () => {
    expect(read('<größe wert="ü→ö"/>')).toEqual(['größe', { wert: 'ü→ö' }, []]);
  });

  it('entities of its own stay as they are written', () => {
    expect(read('<!DOCTYPE a [<!ENTITY e "x">]><a b="&e;&amp;"/>')[1]).toEqual({ b: '&e;&' });
  });
});

describe('what is not well formed is refused where it is', () => {
  it.each([
    ['', '1:1 xml-syntax: the file holds no element'],
    ['  \n ', '1:1 xml-syntax: the file holds no element'],
    ['text', '1:1 xml-syntax: text outside of elements'],
    ['<a/>\ntext', '2:1 xml-syntax: text outside of elements'],
    ['<a>\n<b>\n</a>', '3:1 xml-syntax: </a> where <b> of line 2 is to be closed'],
    ['<a>\n<b>\n', '2:1 xml-syntax: <b> is not closed'],
    ['</a>', '1:1 xml-syntax: </a> closes nothing'],
    ['<a/><b/>', '1:5 xml-syntax: a second root element'],
    ['<a></a', '1:4 xml-syntax: </a is not closed by >'],
    ['<a></ a>', '1:5 xml-syntax: expected the name of an end tag after "/"'],
    ['< a/>', '1:1 xml-syntax: expected the name of an element after "<"'],
    ['<a x/>', '1:4 xml-syntax: the attribute x has no value'],
    ['<a x=1/>', '1:4 xml-syntax: the value of the attribute x is not in quotes, or holds <'],
    ['<a x="<"/>', '1:4 xml-syntax: the value of the attribute x is not in quotes, or holds <'],
    ['<a x="1"y="2"/>', '1:9 xml-syntax: unexpected "y" in a tag'],
    ['<a x="1" x="2"/>', '1:10 xml-syntax: the attribute x stands twice'],
    ['<a x="1" 1="2"/>', '1:10 xml-syntax: unexpected "1" in a tag'],
    ['<a x="1"', '1:1 xml-syntax: the tag is not closed by >'],
    ['<a x="&"/>', '1:7 xml-syntax: & begins no reference; a plain & is written &amp;'],
    ['<a>&</a>', '1:4 xml-syntax: & begins no reference; a plain & is written &amp;'],
    ['<a x="&#0;"/>', '1:7 xml-syntax: &#0; is no character'],
    ['<a x="&#xd800;"/>', '1:7 xml-syntax: &#xd800; is no character'],
    ['<a><!-- </a>', '1:4 xml-syntax: the comment is not closed by -->'],
    ['<a><![CDATA[ </a>', '1:4 xml-syntax: the CDATA section is not closed by ]]>'],
    ['<![CDATA[ ]]><a/>', '1:1 xml-syntax: unexpected <!'],
    ['<?xml <a/>', '1:1 xml-syntax: the processing instruction is not closed by ?>'],
    ['<!DOCTYPE a [<a/>', '1:1 xml-syntax: the document type declaration is not closed by >'],
    ['<a><!DOCTYPE a></a>', '1:4 xml-syntax: unexpected <!'],
    ['<a>\u0007</a>', '1:4 not-text: the file is binary or not UTF-8 text'],
  ])('%j', (text, expected) => {
    expect(fault(text)).toBe(expected);
  });

  it('nesting beyond a thousand', () => {
    expect(fault(`<a>${'<b>'.repeat(1000)}`)).toBe('1:3001 too-deep: elements are nested more than 1000 deep');
  });

  it('a size that grows and a time that does not: 4 million characters of tags, references, blanks and quotes', () => {
    const many = 1_000_000;
    expect(read(`<a>${'<b/>'.repeat(many)}</a>`)[2]).toHaveLength(many);
    expect(read(`<a>${'&lt;'.repeat(many)}</a>`)[2]).toHaveLength(0);
    expect(read(`<a ${' '.repeat(4 * many)}/>`)[2]).toHaveLength(0);
    expect(fault(`<a x="${"'".repeat(4 * many)}`)).toContain('not in quotes');
    expect(fault(`<${'a'.repeat(4 * many)}`).length).toBeLessThan(100);
  });
});

describe('law: what is written is read back', () => {
  it('of 300 random trees', () => {
    const random = testRandom(31);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
    const tree = (depth: number): Plain => {
      const attributes = Object.fromEntries(
        ['a', 'b-c', 'd:e']
          .filter(() => random() < 0.4)
          .map((name) => [name, pick(['', ' ', '<&>', `"'`, 'ä', ']]>'])]),
      );
      const children = Array.from({ length: Math.floor(random() * 4 - depth / 2) }, () => tree(depth + 1));
      return [pick(['x', 'y.z', '_q']), attributes, children];
    };
    const escaped = (text: string): string =>
      text.replace(/[<&"]/g, (sign) => ({ '<': '&lt;', '&': '&#38;', '"': '&quot;' })[sign]!);
    const written = ([tag, attributes, children]: Plain): string => {
      const own = Object.entries(attributes).map(
        ([name, value]) => `${pick([' ', '\n', '  '])}${name}="${escaped(value)}"`,
      );
      const inside = children.map(
        (child) => `${pick(['', ' ', 'text', '<!-- > -->', '<![CDATA[<]]>'])}${written(child)}`,
      );
      const short = children.length === 0 && random() < 0.5;
      return short ? `<${tag}${own.join('')}/>` : `<${tag}${own.join('')}>${inside.join('')}</${tag}>`;
    };
    for (let round = 0; round < 300; round++) {
      const expected = tree(0);
      expect(read(written(expected))).toEqual(expected);
    }
  });
});
