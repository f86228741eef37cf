/** Fixes for rights that a role lacks: a small inline policy, the managed one, or words where a statement denies. */
import type { CallRequest } from '../../access/needed-calls.js';
import type { Fix } from '../../fixes/fix.js';
import type { RefusedCalls } from './access.js';

/** Grants what is missing, or names by hand what stands in the way. `purpose` becomes part of the new policy's name. */
export function fixRefusals(refused: RefusedCalls, purpose: string): Fix[] {
  const grantable = refused.refusals.filter(({ decision }) => decision.layer === 'identity' && decision.effect === 'no-match');
  const blocking = refused.refusals.filter((refusal) => !grantable.includes(refusal));
  return [
    ...(grantable.length > 0 ? [grantInline(refused, grantable.map(({ request }) => request), purpose)] : []),
    ...blocking.map(({ request, decision }): Fix => ({
      title:
        decision.effect === 'deny'
          ? `Take ${request.action} out of statement ${decision.statement} of ${decision.policy}`
          : `Let ${decision.policy} allow ${request.action} on ${request.resources.join(', ')}`,
      safety: 'by-hand',
      changes: [],
    })),
  ];
}

function grantInline({ role }: RefusedCalls, requests: CallRequest[], purpose: string): Fix {
  const names = new Set(role.identity.filter(({ kind }) => kind === 'inline').map(({ name }) => name));
  let name = `msk-lambda-${purpose}`;
  for (let number = 2; names.has(name); number += 1) name = `msk-lambda-${purpose}-${number}`;
  const target = { RoleName: role.role.RoleName, PolicyName: name };
  return {
    title: `Allow ${[...new Set(requests.map(({ action }) => action))].join(', ')} by an inline policy of the role`,
    safety: 'safe',
    changes: [
      {
        service: 'iam',
        operation: 'PutRolePolicy',
        input: { ...target, PolicyDocument: JSON.stringify(policyAllowing(requests)) },
        undo: { service: 'iam', operation: 'DeleteRolePolicy', input: target },
      },
    ],
  };
}

/** One statement for each set of resources. EC2 is granted on `*`, since AWS takes no narrower one for most of its calls. */
export function policyAllowing(requests: readonly CallRequest[]): { Version: string; Statement: { Effect: string; Action: string[]; Resource: string | string[] }[] } {
  const byResources = new Map<string, { Effect: string; Action: string[]; Resource: string | string[] }>();
  for (const { action, resources } of requests) {
    const granted = action.startsWith('ec2:') ? ['*'] : resources;
    const key = granted.join(' ');
    const statement = byResources.get(key) ?? { Effect: 'Allow', Action: [], Resource: granted.length === 1 ? granted[0]! : granted };
    if (!statement.Action.includes(action)) statement.Action.push(action);
    byResources.set(key, statement);
  }
  return { Version: '2012-10-17', Statement: [...byResources.values()] };
}

/** AWS's own policy for these mappings: MSK's API, network interfaces, logs. It holds nothing for IAM access control or secrets. */
export function attachManagedPolicy({ role, partition, refusals }: RefusedCalls): Fix[] {
  if (refusals.some(({ decision }) => decision.layer !== 'identity' || decision.effect === 'deny')) return [];
  const arn = `arn:${partition}:iam::aws:policy/service-role/AWSLambdaMSKExecutionRole`;
  if (role.identity.some((policy) => policy.arn === arn)) return [];
  const input = { RoleName: role.role.RoleName, PolicyArn: arn };
  return [
    {
      title: 'Attach AWS’s managed policy AWSLambdaMSKExecutionRole to the role',
      safety: 'safe',
      changes: [{ service: 'iam', operation: 'AttachRolePolicy', input, undo: { service: 'iam', operation: 'DetachRolePolicy', input } }],
    },
  ];
}
