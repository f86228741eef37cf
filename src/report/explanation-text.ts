/** The answer of `explain` for people. */
import type { ChalkInstance } from 'chalk';
import { wrap } from '../text/wrap.js';
import { visible } from '../text/visible.js';

export interface Explanation {
  /** Id of the text; `unknown` for one the catalogue lacks, null for a healthy one. Absent where a check is explained. */
  error?: string | null;
  text?: string;
  check?: string;
  title?: string;
  meaning: string;
  /** The most frequent first. */
  causes: { check: string; because: string; tell: string }[];
  /** Texts that a check is known to produce. */
  shownBy?: { error: string; because: string }[];
  fixes: (string | { check: string; fix: string })[];
  page?: string;
}

interface Style {
  colour: ChalkInstance;
  columns: number;
}

export function renderExplanation(explanation: Explanation, style: Style): string {
  return explanation.check === undefined ? renderText(explanation, style) : renderPage(explanation, style);
}

function renderText({ error, text = '', meaning, causes, fixes }: Explanation, { colour, columns }: Style): string {
  const width = { columns };
  const lines = [
    colour.bold(wrap(visible(text), width)),
    ...(error === null || error === 'unknown' ? [] : [colour.dim(error ?? '')]),
    '',
    wrap(meaning, width),
  ];
  const remedies = fixes
    .filter((fix) => typeof fix === 'string')
    .map((fix) => wrap(`What to do: ${fix}`, { ...width, hang: 2 }));
  const remedyLines = remedies.length === 0 ? [] : ['', ...remedies];
  if (causes.length === 0) return [...lines, ...remedyLines].join('\n');
  const listed = causes.flatMap(({ check, because, tell }, index) => [
    wrap(`${index + 1}. ${check}: ${because}`, { ...width, hang: 3 }),
    colour.dim(wrap(`Look: ${tell}`, { ...width, indent: 3, hang: 3 })),
  ]);
  return [
    ...lines,
    ...remedyLines,
    '',
    error === null ? 'What may be wrong all the same, the most frequent first:' : 'Causes, the most frequent first:',
    ...listed,
    '',
    wrap('`msk-lambda doctor UUID` looks at each; `msk-lambda explain CHECK` shows how, and the fix.', width),
  ].join('\n');
}

function renderPage(
  { check = '', title = '', page = '', shownBy = [] }: Explanation,
  { colour, columns }: Style,
): string {
  const texts = shownBy.map(({ error }) => error).join(', ');
  const head = [
    colour.bold(check),
    wrap(title, { columns }),
    ...(texts === '' ? [] : [colour.dim(wrap(`Shown by Lambda as: ${texts}`, { columns }))]),
  ];
  return [...head, '', ...markdownLines(page, { colour, columns })].join('\n').trimEnd();
}

/** Headings in bold, paragraphs wrapped, code as it is. */
function markdownLines(page: string, { colour, columns }: Style): string[] {
  let code = false;
  return page
    .replace(/^.*\n+/, '')
    .split('\n')
    .flatMap((line) => {
      if (line.startsWith('```')) {
        code = !code;
        return [];
      }
      if (code) return [`  ${line}`];
      const heading = /^#+ (.*)/.exec(line)?.[1];
      if (heading !== undefined) return [colour.bold(heading)];
      return [wrap(line.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1'), { columns, hang: line.startsWith('- ') ? 2 : 0 })];
    });
}

/** Every text and check with its id. */
export function renderList(
  texts: readonly { id: string; meaning: string }[],
  checks: readonly { id: string; title: string }[],
  { colour, columns }: Style,
): string {
  const rows = (list: readonly { id: string; says: string }[]) =>
    list.flatMap(({ id, says }) => [colour.cyan(id), wrap(says, { columns, indent: 4 })]);
  return [
    colour.bold('Texts that Lambda shows'),
    ...rows(texts.map(({ id, meaning }) => ({ id, says: meaning }))),
    '',
    colour.bold('Checks'),
    ...rows(checks.map(({ id, title }) => ({ id, says: title }))),
  ].join('\n');
}
