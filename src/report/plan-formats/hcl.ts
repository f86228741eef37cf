/** Blocks of HCL, the language of Terraform. */
import { escapeInJson } from '../../text/visible.js';

/** A value of an attribute: plain data, or an expression. */
export type HclValue = string | number | boolean | readonly string[] | HclExpression;

/** Text that is HCL already. */
export class HclExpression {
  constructor(readonly text: string) {}
}

/** A literal. JSON is valid HCL, except for template sequences in its strings. Control characters are escaped. */
export const hclLiteral = (value: unknown, indent?: number): string =>
  escapeInJson(JSON.stringify(value, null, indent))
    .replaceAll('${', '$${')
    .replaceAll('%{', '%%{');

/** A policy document as an attribute: Terraform compares its content, not its text. */
export const jsonEncoded = (document: unknown): HclExpression =>
  new HclExpression(`jsonencode(${hclLiteral(document, 2)})`);

/** `kind "label" "label" { … }`; attributes that are undefined are left out. */
export function hclBlock(
  head: readonly string[],
  attributes: Readonly<Record<string, HclValue | undefined>>,
  inner: readonly string[] = [],
): string {
  const entries = Object.entries(attributes).filter((entry): entry is [string, HclValue] => entry[1] !== undefined);
  const width = Math.max(0, ...entries.map(([name]) => name.length));
  const lines = [
    ...entries.map(
      ([name, value]) => `${name.padEnd(width)} = ${value instanceof HclExpression ? value.text : hclLiteral(value)}`,
    ),
    ...inner,
  ];
  const [kind, ...labels] = head;
  const body = lines.flatMap((line) => line.split('\n')).map((line) => (line === '' ? '' : `  ${line}`));
  return [`${[kind, ...labels.map((label) => JSON.stringify(label))].join(' ')} {`, ...body, '}'].join('\n');
}
