/** Templates of HTML: no value becomes markup, wherever it is. */
import fc from 'fast-check';
import { parseFragment, type DefaultTreeAdapterTypes as Tree } from 'parse5';
import { describe, expect, test } from 'vitest';
import { html, Markup, sentence } from '../../../../src/report/formats/html/markup.js';
import { contextsOf } from '../../../../src/report/formats/html/template-parts.js';
import { visible as visibleText } from '../../../../src/text/visible.js';
import { hostileTexts } from '../support/reports.js';

/** HTML also excludes code points that are no characters. */
const visible = (text: string): string =>
  visibleText(text).replaceAll(
    /\p{Noncharacter_Code_Point}/gu,
    (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`,
  );

const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...hostileTexts), fc.string());

const elementsIn = (node: Tree.Node): Tree.Element[] =>
  'childNodes' in node
    ? node.childNodes.flatMap((child) => ['tagName' in child ? [child] : [], elementsIn(child)].flat())
    : [];
const textIn = (node: Tree.Node): string =>
  'value' in node ? (node as Tree.TextNode).value : 'childNodes' in node ? node.childNodes.map(textIn).join('') : '';

describe('html', () => {
  test('a text is a text, in an element, an attribute and SVG', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { text: made } = html`<p title="${text}">${text}</p>
          <svg>
            <g aria-label="${text}">
              <title>${text}</title>
              <text>${text}</text>
            </g>
          </svg>`;
        const tree = parseFragment(made);
        const elements = elementsIn(tree);
        expect(elements.map(({ tagName }) => tagName)).toEqual(['p', 'svg', 'g', 'title', 'text']);
        const [paragraph, , group, title, shown] = elements as [
          Tree.Element,
          Tree.Element,
          Tree.Element,
          Tree.Element,
          Tree.Element,
        ];
        expect([paragraph, title, shown].map(textIn)).toEqual([visible(text), visible(text), visible(text)]);
        expect(paragraph.attrs).toEqual([{ name: 'title', value: visible(text) }]);
        expect(group.attrs.map(({ value }) => value)).toEqual([visible(text)]);
      }),
    );
  });

  test('a sentence has nothing but code', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const tree = parseFragment(sentence(text).text);
        expect(elementsIn(tree).every(({ tagName, attrs }) => tagName === 'code' && attrs.length === 0)).toBe(true);
        expect(textIn(tree).replaceAll('`', '')).toBe(visible(text).replaceAll('`', ''));
      }),
    );
  });

  test('a link leads to the page itself or to the web', () => {
    const link = (address: string) => html`<a href="${address}">x</a>`.text;
    expect(link('#a')).toBe('<a href="#a">x</a>');
    expect(link('https://docs.aws.amazon.com/x?a=1&b')).toBe('<a href="https://docs.aws.amazon.com/x?a=1&amp;b">x</a>');
    for (const address of [
      'javascript:alert(1)',
      ' javascript:alert(1)',
      'data:text/html,x',
      '//example.com',
      'http:x',
    ])
      expect(link(address)).toBe('<a href="#">x</a>');
  });

  test('lists, templates and nothing', () => {
    expect(html`${[html`<b>${1}</b>`, null, undefined, false, '<']}`).toEqual(new Markup('<b>1</b>&lt;'));
  });

  const value = 'x';
  test.each([
    [
      'in a script',
      () =>
        html`<script>
          ${value};
        </script>`,
    ],
    [
      'in a style',
      () =>
        html`<style>
          ${value}
        </style>`,
    ],
    ['in an attribute without quotes', () => contextsOf(['<p title=', '></p>'])],
    ['in single quotes', () => contextsOf(["<p title='", "'></p>"])],
    ['as the name of an attribute', () => html`<p ${value}></p>`],
    ['as the name of an element', () => contextsOf(['<', '></p>'])],
    ['in the attribute style', () => html`<p style="${value}"></p>`],
    ['in an attribute that is a script', () => html`<p onclick="${value}"></p>`],
    ['in srcdoc', () => html`<iframe srcdoc="${value}"></iframe>`],
    ['in a comment', () => contextsOf(['<!--', '-->'])],
    ['in a textarea', () => html`<textarea>${value}</textarea>`],
    ['in a template that is not closed', () => contextsOf(['<p title="', ''])],
  ])('no value %s', (_, make) => expect(make).toThrow(TypeError));
});
