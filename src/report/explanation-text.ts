/** The answer of `explain` for people. */
import type { ChalkInstance } from 'chalk';
import { wrap } from '../text/wrap.js';
import { clusterNameOf } from '../aws/event-source.js';
import { qualifiedNameOf } from '../aws/function-arn.js';
import type { Policy } from '../access/policy.js';
import { visible, visibleLines } from '../text/visible.js';
import { inShell, sentenceInShell, type Shell } from '../text/shells.js';
import { shell } from '../text/shell.js';
import { toJson } from './json.js';

/** A refused permission that a pasted text contains. */
export interface DeniedPermission {
  principal: string;
  /** `role`: possibly the function's execution role; the text alone does not prove it. */
  whose: 'caller' | 'role' | 'service';
  action: string;
  resource: string | null;
  /** The kind of policy that refused, where AWS names it. */
  decidedBy: string | null;
  explicit: boolean;
  /** Allows the action. Null after an explicit Deny, which no other statement can override. */
  policy: Policy | null;
}

export interface Explanation {
  /**
   * Id of the text; `unknown` for one that the catalogue lacks, null for a healthy one. Absent where a check is
   * explained.
   */
  error?: string | null;
  text?: string;
  check?: string;
  title?: string;
  meaning: string;
  /** The most likely first. */
  causes: { check: string; because: string; tell: string }[];
  /** Texts that the check is known to produce. */
  shownBy?: { error: string; because: string }[];
  fixes: (string | { check: string; fix: string })[];
  page?: string;
  /** Identifiers in the text. */
  mentions?: { mappings: string[]; clusters: string[]; functions: string[]; topics: string[] };
  denied?: DeniedPermission;
}

interface Style {
  colour: ChalkInstance;
  columns: number;
  /** The shell for printed commands. */
  shell?: Shell | undefined;
}

interface TextStyle extends Style {
  verbose: boolean;
  /**
   * This text was read from AWS, where a line break in it could forge a line of the answer. A text that the user
   * pasted keeps its lines.
   */
  fromAccount: boolean;
}

/** The text shows at most this many causes: a reader tries the first ones, and JSON has all. */
const shownCauses = 5;
/** A pasted log is repeated only as far as needed to recognise it. */
const shownText = { lines: 10, characters: 1000 };

export function renderExplanation(explanation: Explanation, style: TextStyle): string {
  return explanation.check === undefined ? renderText(explanation, style) : renderPage(explanation, style);
}

function renderText(explanation: Explanation, style: TextStyle): string {
  const { error, text = '', meaning, causes, fixes } = explanation;
  const { colour, columns, fromAccount } = style;
  const width = { columns };
  const blocks = [
    [
      colour.bold(wrap(shortened(fromAccount ? visible(text) : visibleLines(text)), width)),
      ...(error === null || error === 'unknown' ? [] : [colour.dim(error ?? '')]),
    ],
    [wrap(visible(meaning), width)],
    fixes
      .filter((fix) => typeof fix === 'string')
      .map((fix) => wrap(`Fix: ${visible(sentenceInShell(fix, style.shell))}`, { ...width, hang: 2 })),
    policyLines(explanation),
    mentionLines(explanation, style),
    causes.length === 0 ? [] : causeLines(explanation, style),
    [nextStep(explanation, style)],
  ];
  return blocks
    .map((lines) => lines.filter((line) => line !== '').join('\n'))
    .filter((block) => block !== '')
    .join('\n\n');
}

function shortened(text: string): string {
  const lines = text.split('\n');
  const short = lines.slice(0, shownText.lines).join('\n').slice(0, shownText.characters);
  return short.length === text.length ? text : `${short} …`;
}

/** The policy statement that allows the refused call. */
const policyLines = ({ denied }: Explanation): string[] =>
  denied?.policy == null
    ? []
    : [
        `The statement that allows ${visible(denied.action)}:`,
        ...toJson(denied.policy.Statement[0]!)
          .trimEnd()
          .split('\n')
          .map((line) => `  ${line}`),
      ];

function mentionLines({ mentions }: Explanation, { columns }: Style): string[] {
  if (mentions === undefined) return [];
  const named = [
    ...mentions.mappings.map((uuid) => `mapping ${uuid}`),
    ...mentions.clusters.map((arn) => `cluster ${clusterNameOf(arn) ?? arn}`),
    ...mentions.functions.map((arn) => `function ${qualifiedNameOf(arn) ?? arn}`),
    ...mentions.topics.map((topic) => `topic ${topic}`),
  ];
  return [wrap(`The text names: ${named.map(visible).join(', ')}.`, { columns, hang: 2 })];
}

function causeLines(
  { error, causes }: Explanation,
  { colour, columns, verbose }: Style & { verbose: boolean },
): string[] {
  const width = { columns };
  const shown = verbose ? causes : causes.slice(0, shownCauses);
  const more = causes.length - shown.length;
  return [
    error === null ? 'Possible problems, the most likely first:' : 'Causes, the most likely first:',
    ...shown.flatMap(({ check, because, tell }, index) => [
      wrap(`${index + 1}. ${check}: ${visible(because)}`, { ...width, hang: 3 }),
      colour.dim(wrap(`Look: ${tell}`, { ...width, indent: 3, hang: 3 })),
    ]),
    ...(more === 0 ? [] : [`${more} more ${more === 1 ? 'cause' : 'causes'}, less likely: --verbose shows all.`]),
  ];
}

/** A command that diagnoses what the text names. */
function nextStep({ error, causes, mentions }: Explanation, { columns, shell: syntax }: Style): string {
  const target = mentions?.mappings[0] ?? mentions?.functions[0] ?? mentions?.clusters[0];
  const doctor = `\`${inShell(shell`msk-lambda doctor ${target ?? 'UUID'}`, syntax)}\``;
  if (causes.length > 0)
    return wrap(`${doctor} checks each; \`msk-lambda explain CHECK\` shows how, and the fix.`, { columns });
  return target === undefined || error === 'other-event-source'
    ? ''
    : wrap(`${doctor} diagnoses what the text names.`, { columns });
}

function renderPage(
  { check = '', title = '', page = '', shownBy = [] }: Explanation,
  { colour, columns }: Style,
): string {
  const texts = shownBy.map(({ error }) => error).join(', ');
  const head = [
    colour.bold(check),
    wrap(title, { columns }),
    ...(texts === '' ? [] : [colour.dim(wrap(`Error texts (msk-lambda explain ID): ${texts}`, { columns }))]),
  ];
  return [...head, '', ...markdownLines(page, { colour, columns })].join('\n').trimEnd();
}

/** Headings bold, paragraphs wrapped, code unchanged. */
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
      return [wrap(line.replace(/\[([^[\]]*)\]\([^()]*\)/g, '$1'), { columns, hang: line.startsWith('- ') ? 2 : 0 })];
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
