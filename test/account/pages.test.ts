/** The names by which lists are read page by page are those of the SDK's paginators. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { pageMembers } from '../../src/account/pages.js';

/** The SDK's package of a service, where it has another name. */
const packages: Record<string, string> = { secretsmanager: 'secrets-manager', logs: 'cloudwatch-logs' };

const packageFile = (service: string, path: string): string =>
  readFileSync(
    new URL(`../../node_modules/@aws-sdk/client-${packages[service] ?? service}/${path}`, import.meta.url),
    'utf8',
  );

/** The members that a paginator takes: `createPaginator(Client, Command, "question", "answer", "limit")`. */
function paginatorOf(service: string, operation: string): { question: string; answer: string } {
  const source = packageFile(service, `dist-es/pagination/${operation}Paginator.js`);
  const [, question = '', answer = ''] = /createPaginator\(\w+, \w+, "(\w+)", "(\w+)"/.exec(source) ?? [];
  return { question, answer };
}

/** The lists of the operation's answer, as the example in its documentation shows them. */
const listsOf = (service: string, operation: string): string[] =>
  [...packageFile(service, `dist-types/commands/${operation}Command.d.ts`).matchAll(/^ \* \/{2} {3}(\w+): \[/gm)].map(
    (match) => match[1]!,
  );

describe.each(
  Object.entries(pageMembers).flatMap(([service, operations]) =>
    Object.entries(operations).map(([operation, members]) => ({ service, operation, members })),
  ),
)('$service $operation', ({ service, operation, members: { items, question, answer } }) => {
  test('has the tokens of the SDK’s paginator', () =>
    expect({ question, answer }).toEqual(paginatorOf(service, operation)));
  test('has these lists in its answer', () =>
    expect(listsOf(service, operation)).toEqual(expect.arrayContaining([...items])));
});
