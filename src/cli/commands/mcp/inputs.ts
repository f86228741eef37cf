/** What the tools accept: narrow types, so that an argument can only be what it is for. */
import * as z from 'zod';
import { audiences } from '../../../access/policies/audience.js';
import { authMethods } from '../../../aws/msk.js';
import { templateFormats } from '../../../template/resource.js';
import { visible } from '../../../text/visible.js';

const longest = 2048;
const most = 100;

/** Text without control characters; an empty one is a mistake of the caller. */
const word = (description: string) =>
  z
    .string({ error: 'must be a text' })
    .max(longest, { error: `is longer than ${longest} characters`, abort: true })
    .refine((text) => text.trim() !== '', { error: 'is empty' })
    .refine((text) => visible(text) === text, { error: 'has control characters' })
    .describe(description);

const words = (description: string) =>
  z
    .array(word(description), { error: 'must be a list of texts' })
    .max(most, { error: `has more than ${most} entries` })
    .optional()
    .describe(description);

const flag = (description: string) => z.boolean({ error: 'must be true or false' }).optional().describe(description);

const choice = <const Values extends readonly [string, ...string[]]>(values: Values, description: string) =>
  z
    .enum(values, { error: `must be one of: ${values.join(', ')}` })
    .optional()
    .describe(description);

const targets = words(
  'Mappings by UUID, or functions or clusters by name or ARN. Default: every MSK mapping of the region.',
);
const target = word('A mapping by UUID, or a function or cluster by name or ARN.');

const connection = {
  region: word('AWS region. Default: the region of the server.').optional(),
  profile: word('Profile of the AWS configuration. Default: the profile of the server.').optional(),
};
const account = {
  ...connection,
  sandbox: word('A simulated account instead of AWS, such as nat-blackhole.').optional(),
};
const source = {
  ...account,
  snapshot: word(
    'A file that `msk-lambda snapshot` wrote, instead of AWS; inside the root folder of the server.',
  ).optional(),
};
const chosenChecks = {
  check: words('Run only these checks: ids or groups such as network or access.kafka-*.'),
  skip: words('Leave these checks out.'),
};
const details = flag('All details in the text.');

export const inputs = {
  doctor: z.strictObject({
    targets,
    ...chosenChecks,
    plan: flag('Also return one plan that repairs all causes. Nothing is changed.'),
    verbose: details,
    ...source,
  }),
  explain: z.strictObject({
    text: word(
      'A text that Lambda shows (LastProcessingResult), a check id such as network.aws-path, or a mapping UUID.',
    ),
    ...source,
  }),
  network: z.strictObject({
    targets,
    explain: flag('Every hop of each path with its decision.'),
    whatIf: words('Changes that are simulated first, in the syntax of `msk-lambda network --what-if`.'),
    ...source,
  }),
  policy: z.strictObject({
    targets: words(
      'Mappings by UUID, or functions or clusters by name or ARN. Needed unless `for` names your own credentials.',
    ),
    for: choice(audiences, 'The principal or resource that the policy is for. Default: role, the execution role.'),
    ...source,
  }),
  lint: z.strictObject({
    paths: words('Template files or folders inside the root folder of the server. Default: the root folder.'),
    format: choice(templateFormats, 'Default: detected from the content.'),
    ...chosenChecks,
    region: connection.region,
  }),
  list: z.strictObject({ targets, ...source }),
  probe: z.strictObject({
    target,
    topic: word('Topic to read. Default: the topic of the mapping.').optional(),
    group: word('Consumer group. Default: the group of the mapping.').optional(),
    auth: choice(authMethods, 'Authentication method. Default: the one that Lambda selects.'),
    ...connection,
  }),
  broker: z.strictObject({ target, auth: choice(authMethods, 'Verify that Lambda selects this method.'), ...source }),
  inspect: z.strictObject({ targets, ...source }),
  lag: z.strictObject({ target, ...source }),
  repair: z.strictObject({
    targets,
    choose: z
      .array(
        z
          .int({ error: 'must be a whole number' })
          .min(1, { error: 'must be 1 or more' })
          .max(99, { error: 'must be 99 or less' }),
      )
      .max(most)
      .optional()
      .describe('The option of each choice in the plan, from 1, in order.'),
    confirm: word(
      'The planToken of the plan that the user agreed to. Without it, only the plan is returned.',
    ).optional(),
    ...account,
  }),
  undo: z.strictObject({
    file: word('The undo file that repair returned in this session.'),
    confirm: word(
      'The planToken of the plan that the user agreed to. Without it, only the plan is returned.',
    ).optional(),
    ...account,
  }),
};

export type Inputs = { [Name in keyof typeof inputs]: z.infer<(typeof inputs)[Name]> };

/** The faults of arguments as sentences; empty where there are none. */
export function faultsOf(schema: z.ZodType, value: unknown): string[] {
  const result = schema.safeParse(value);
  if (result.success) return [];
  return result.error.issues.slice(0, 5).map((issue) => {
    if (issue.code === 'unrecognized_keys')
      return `There is no argument ${issue.keys.map((key) => `“${visible(key.slice(0, 100))}”`).join(', ')}.`;
    const path = issue.path.map((part) => visible(String(part).slice(0, 100))).join('.');
    if (path === '') return 'The arguments must be an object.';
    return issue.message.startsWith('Invalid input')
      ? `The argument “${path}” is missing or has the wrong type.`
      : `The argument “${path}” ${issue.message}.`;
  });
}
