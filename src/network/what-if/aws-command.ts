/** An AWS CLI command line as the call that it makes: `aws ec2 create-route --route-table-id rtb-1 …`. */
import type { AwsCall } from '../../aws/call.js';
import { playable } from '../../simulate/simulate.js';
import { kebab } from '../../fixes/render-cli.js';
import { UsageError } from '../../errors.js';

/** Options about the connection and the output, not the call. */
const global = new Set(['region', 'profile', 'output', 'endpoint-url', 'query']);

/** Throws `UsageError` for a service or operation that cannot be simulated. */
export function parseAwsCommand(line: string): AwsCall {
  const [service = '', command = '', ...words] = splitWords(line).slice(1);
  const operation = playable(service).find((name) => kebab(name) === command);
  if (operation === undefined)
    throw new UsageError(
      `“aws ${service} ${command}” cannot be simulated`,
      `Operations of ${service} that can be simulated: ${playable(service).map(kebab).join(', ') || 'none'}.`,
    );
  return { service, operation, input: inputOf(words) };
}

function inputOf(words: readonly string[]): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  for (let at = 0; at < words.length;) {
    const flag = words[at++]!;
    if (!flag.startsWith('--')) throw new UsageError(`“${flag}” is not an option of the AWS CLI`);
    const values: string[] = [];
    while (at < words.length && !words[at]!.startsWith('--')) values.push(words[at++]!);
    const name = flag.slice(2);
    if (global.has(name)) continue;
    if (name === 'cli-input-json') Object.assign(input, asJson(values.join(' ')));
    else if (name === 'egress' || name === 'ingress') input['Egress'] = name === 'egress';
    else if (values.length === 0) input[memberOf(name.replace(/^no-/, ''))] = !name.startsWith('no-');
    else input[memberOf(name)] = valueOf(memberOf(name), values);
  }
  return input;
}

/** `vpc-id` → `VpcId`; `uuid` is written in capitals. */
const memberOf = (flag: string): string =>
  flag === 'uuid'
    ? 'UUID'
    : flag
        .split('-')
        .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
        .join('');

const numbers = new Set(['RuleNumber', 'FromPort', 'ToPort']);

function valueOf(member: string, values: readonly string[]): unknown {
  const [first = ''] = values;
  if (values.length === 1 && /^[[{]/.test(first)) return asJson(first);
  if (/(Ids|Tables)$/.test(member)) return [...values];
  if (numbers.has(member)) return Number(first);
  // Shorthand: From=443,To=443.
  if (/^\w+=[^,]*(,\w+=[^,]*)*$/.test(first))
    return Object.fromEntries(
      first
        .split(',')
        .map((pair) => pair.split('='))
        .map(([key, value = '']) => [
          key,
          /^\d+$/.test(value) ? Number(value) : value === 'true' || value === 'false' ? value === 'true' : value,
        ]),
    );
  return values.length > 1 ? [...values] : first;
}

export function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`invalid JSON: ${text.length > 60 ? `${text.slice(0, 60)}…` : text}`, undefined, {
      cause: error,
    });
  }
}

/** Words as a POSIX shell splits them: quoted parts stay together, and a backslash removes a line break. */
function splitWords(line: string): string[] {
  const words = line.replace(/\\\n/g, ' ').matchAll(/((?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"\\])+)/g);
  return [...words].map(([word]) =>
    word.replace(
      /'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)/g,
      (_, single: string | undefined, double: string | undefined, escaped: string | undefined) =>
        single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? escaped ?? '',
    ),
  );
}
