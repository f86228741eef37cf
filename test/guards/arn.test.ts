/** ARNs are taken apart in src/aws, and nowhere else: a part by its number was written some 65 times, and not the same each time. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const source = new URL('../../src/', import.meta.url);

/** Files that split texts at colons or slashes which are no ARNs, and what those are. */
const exceptions: Record<string, string> = {
  'access/actions.ts': 'actions, `service:Name`',
  'access/authorize.ts': 'actions',
  'access/context.ts': 'keys of conditions, `aws:PrincipalTag/name`',
  'access/near-miss.ts': 'actions, and patterns of policies',
  'access/operators.ts': 'address ranges',
  'access/pattern.ts': 'patterns of policies, which may hold wildcards in every field',
  'account/failure.ts': 'the name before an error’s message',
  'account/read/destination.ts': 'the bucket before a prefix',
  'catalogue/denied-texts.ts': 'actions',
  'checks/access/support/action-list.ts': 'actions',
  'checks/secret/kms.ts': 'a key’s id or alias, which may be no ARN',
  'cli/change/observer.ts': 'sentences',
  'cli/commands/create/wizard/choices.ts': 'partial ARNs as Lambda takes them for a function',
  'cli/commands/create/wizard/steps/function-cluster-topic.ts': 'a function’s name with its alias',
  'cli/commands/probe/addresses.ts': '`host:port`',
  'event/schema/read-schema.ts': 'options, `ID=FILE` and paths',
  'filter/leaf-test.ts': 'address ranges',
  'kafka/wire-error.ts': 'errors of OpenSSL',
  'mapping/normalize-input.ts': '`host:port`',
  'network/endpoint-elsewhere.ts': 'address ranges',
  'network/local-routes.ts': 'address ranges',
  'network/routes.ts': 'address ranges',
  'network/transit-gateway.ts': 'address ranges',
  'network/what-if/short-forms.ts': 'short forms of changes, `kind:id:id`',
  'probe/judge/fix-fault.ts': '`host:port`',
  'report/formats/artifact-uri.ts': 'paths',
  'report/formats/html/checks-section.ts': 'addresses of pages',
  'sandbox/brokers/iam-login.ts': 'scopes of signatures',
  'sandbox/brokers/listeners.ts': '`host:port`',
  'sandbox/services/cloudwatch.ts': 'names of log streams',
  'sandbox/services/destinations.ts': 'URLs of queues',
  'snapshot/anonymize/cipher.ts': 'addresses',
  'snapshot/anonymize/words.ts': 'texts that only begin as ARNs do, patterns of policies included',
  'subject/broker.ts': '`host:port`',
  'template/checks/creation-order.ts': 'actions',
  'template/checks/void-action.ts': 'actions',
  'template/serverless/variables.ts': 'variables, `self:custom.topic`',
};

/** Splits at a colon or slash, searches for the last one, and the ends of an ARN's resource within a text. */
const takesApart = (text: string): boolean =>
  /\.(split|lastIndexOf|indexOf)\((['"`])[:/]\2|\.includes\((['"`]):(cluster|vpc-connection)\/|\^arn:\[\^:\]\+:\w+:\//.test(
    text,
  );

test('no file outside src/aws takes an ARN apart', () => {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts') && !path.startsWith('aws/'));
  const found = files.filter((path) => takesApart(readFileSync(new URL(path, source), 'utf8')));
  expect(found.toSorted()).toEqual(Object.keys(exceptions).toSorted());
});

test.each([
  ["arn.split(':')[4]"],
  ["functionArn?.split(':').slice(6).join(':')"],
  ["arn.split('/')[1]"],
  ["roleArn.slice(roleArn.lastIndexOf('/') + 1)"],
  ["arn.includes(':vpc-connection/') ? 2 : 1"],
  ['/^arn:[^:]+:glue:/.test(uri)'],
])('a second parser is found: %s', (line) => expect(takesApart(line)).toBe(true));
