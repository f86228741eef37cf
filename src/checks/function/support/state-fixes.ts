/** What a person can do for a function that cannot run. */
import { parseFunctionArn } from '../../../aws/function-arn.js';
import { ownCommand } from '../../../fixes/own-command.js';
import { shell, type ShellCommand } from '../../../text/shell.js';
import type { StateEvidence } from './state-judgement.js';

/** What a person does for each fault. */
export const manualTitles: Record<StateEvidence['reason'], string> = {
  gone: 'Redeploy the function, or update the mapping to an existing function',
  state: 'Fix the cause that StateReason or LastUpdateStatusReason names, then redeploy the function',
  key: 'Enable the KMS key, or allow Lambda to use it, then redeploy the function',
  deactivated: 'Activate the function version: set its minimum and maximum execution environments above 0',
  'no-capacity':
    'Allow more vCPUs, instance types or subnets in the function’s capacity provider, or wait until there is capacity',
  'not-published': 'Update the mapping to a published version of the function, or to its alias',
  deleting: 'Update the mapping to another function',
};

/** The call takes a version, not an alias. */
function versionOf(arn: string): string {
  const qualifier = parseFunctionArn(arn)?.qualifier ?? null;
  if (qualifier === null) return '$LATEST.PUBLISHED';
  return /^\d+$/.test(qualifier) ? qualifier : 'VERSION';
}

/** What shows the reason, or our command where the mapping must call another function. */
export const commandsFor = (reason: StateEvidence['reason'], arn: string, uuid: string): ShellCommand[] =>
  reason === 'not-published' || reason === 'deleting'
    ? [ownCommand('update', uuid, '--function', 'FUNCTION')]
    : reason === 'deactivated'
      ? [
          shell`aws lambda put-function-scaling-config --function-name ${parseFunctionArn(arn)?.name ?? arn} --qualifier ${versionOf(arn)} --function-scaling-config MinExecutionEnvironments=MIN,MaxExecutionEnvironments=MAX`,
        ]
      : [shell`aws lambda get-function-configuration --function-name ${arn}`];
