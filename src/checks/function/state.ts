/** Judged in src/checks/function/support/state-judgement.ts. */
import { parseFunctionArn, qualifiedNameOf } from '../../aws/function-arn.js';
import type { Fix } from '../../fixes/fix.js';
import { ownCommand } from '../../fixes/own-command.js';
import { shell, type ShellCommand } from '../../text/shell.js';
import { manual } from '../support/secret-use.js';
import { defineCheck, fail, undecided, type Judgement } from '../define.js';
import { fixGone } from './support/gone-fixes.js';
import { judgeState, type StateEvidence } from './support/state-judgement.js';

export default defineCheck({
  id: 'function.state',
  title: 'The function was deleted or cannot run',
  severity: 'error',
  stage: 'invoke',
  indicator: 'the function, its alias or its version does not exist, or its State is not Active',
  docs: [
    'https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-version-publishing.html',
  ],
  needs: ['mapping', 'function', 'works', 'observedError'],
  mayUse: ['publishedVersion'],
  judge({ mapping, function: configuration, works, observedError, publishedVersion }): Judgement<StateEvidence> {
    const resource = mapping.FunctionArn ?? mapping.UUID;
    const name = qualifiedNameOf(resource) ?? resource;
    if (configuration === null)
      return fail({
        reason: 'gone',
        resource,
        title: `Function ${name} does not exist`,
        fact: 'GetFunction finds no such function, version or alias',
        name: parseFunctionArn(resource)?.name ?? null,
        uuid: mapping.UUID,
      });
    const context = { resource, name, uuid: mapping.UUID, works, callFailed: observedError === 'function-call-failed' };
    // Without a qualifier Lambda invokes $LATEST.PUBLISHED, whatever the state of $LATEST.
    if (publishedVersion.is === 'unread')
      return undecided('the published version of the function could not be read', publishedVersion.missing);
    const invoked = publishedVersion.is === 'known' ? publishedVersion.value : configuration;
    return judgeState(invoked ?? configuration, context);
  },
  describe: ({ resource, title, fact }) => ({ title, evidence: [{ resource, fact }] }),
  kind: ({ reason }) => (reason === 'gone' ? 'gone' : undefined),
  fixes: ({ reason, resource, name, uuid }): Fix[] => {
    const { qualifier = null } = parseFunctionArn(resource) ?? {};
    if (reason === 'not-published' && name !== null && qualifier === null)
      return [
        {
          title: `Publish $LATEST.PUBLISHED of ${name} (starts managed instances, which are billed per hour)`,
          safety: 'care',
          changes: [
            {
              service: 'lambda',
              operation: 'PublishVersion',
              input: { FunctionName: name, PublishTo: 'LATEST_PUBLISHED' },
              undo: null,
            },
          ],
        },
      ];
    if (reason === 'gone' && name !== null) return fixGone(uuid, name, qualifier);
    return [manual(titles[reason], commandsFor(reason, resource, uuid))];
  },
});

const titles: Record<StateEvidence['reason'], string> = {
  gone: 'Redeploy the function, or update the mapping to an existing function',
  state: 'Fix the cause that StateReason or LastUpdateStatusReason names, then redeploy the function',
  key: 'Enable the KMS key, or allow Lambda to use it, then redeploy the function',
  deactivated: 'Activate the function version: set its minimum and maximum execution environments above 0',
  'no-capacity':
    'Allow more vCPUs, instance types or subnets in the function’s capacity provider, or wait until there is capacity',
  'not-published': 'Update the mapping to a published version of the function, or to its alias',
  deleting: 'Update the mapping to another function',
};

/** What shows the reason, or our command where the mapping must call another function. */
const commandsFor = (reason: StateEvidence['reason'], arn: string, uuid: string): ShellCommand[] =>
  reason === 'not-published' || reason === 'deleting'
    ? [ownCommand('update', uuid, '--function', 'FUNCTION')]
    : reason === 'deactivated'
      ? [
          shell`aws lambda put-function-scaling-config --function-name ${parseFunctionArn(arn)?.name ?? arn} --qualifier ${parseFunctionArn(arn)?.qualifier ?? '$LATEST.PUBLISHED'} --function-scaling-config MinExecutionEnvironments=MIN,MaxExecutionEnvironments=MAX`,
        ]
      : [shell`aws lambda get-function-configuration --function-name ${arn}`];
