/**
 * Fixes for missing permissions of a role: a small inline policy, the AWS managed policy, a statement for another
 * policy, or an edit of the statement that denies.
 */
import { accountOf, lastSegment } from '../../../aws/arn.js';
import type { Decision } from '../../../access/access-question.js';
import type { Refusal } from '../../../access/evaluate-call.js';
import type { CallRequest } from '../../../access/needed-calls.js';
import type { Fix } from '../../../fixes/fix.js';
import { shortActionList } from './action-list.js';
import type { RefusedCalls } from './access.js';
import { fixDenials } from './denial-fixes.js';
import { onSharedResource, resourceName } from '../../../aws/resource-name.js';
import { policyAllowing, statementFor } from '../../../access/policy.js';
import { withStatement } from '../../support/with-statement.js';

/**
 * Fixes that grant the missing permissions together with the recommended ones, or name what denies them. `purpose`
 * becomes part of the new policy's name.
 */
export function fixRefusals(refused: RefusedCalls, purpose: string): Fix[] {
  const lacking = (layer: Decision['layer'], refusals = refused.refusals) =>
    refusals.filter(({ decisions }) =>
      decisions.some((decision) => decision.layer === layer && decision.effect === 'no-match'),
    );
  const [identity, boundary, resource] = [lacking('identity'), lacking('boundary'), lacking('resource')];
  const ofRole = [
    ...(identity.length > 0
      ? [
          grantInline(
            refused,
            [...identity, ...lacking('identity', refused.advised)].map(({ request }) => request),
            purpose,
          ),
        ]
      : []),
    ...(boundary.length > 0 ? [widenBoundary(refused, boundary)] : []),
  ];
  return [...together(ofRole), ...resource.map((refusal) => grantByResource(refused, refusal)), ...fixDenials(refused)];
}

/** Policies and boundary must both allow. If calls can change both, one fix makes both calls. */
function together(fixes: readonly Fix[]): Fix[] {
  const last = fixes.at(-1);
  if (last === undefined || fixes.length < 2 || fixes.some(({ changes }) => changes.length === 0)) return [...fixes];
  return [
    {
      title: fixes.map(({ title }) => title).join('; '),
      safety: last.safety,
      changes: fixes.flatMap(({ changes }) => changes),
    },
  ];
}

function grantInline({ role }: RefusedCalls, requests: CallRequest[], purpose: string): Fix {
  const names = new Set(role.identity.filter(({ kind }) => kind === 'inline').map(({ name }) => name));
  let name = `msk-lambda-${purpose}`;
  for (let number = 2; names.has(name); number += 1) name = `msk-lambda-${purpose}-${number}`;
  const target = { RoleName: role.role.RoleName, PolicyName: name };
  return {
    title: `Allow ${actionsOf(requests)}${onSharedResource(requests)} in role ${role.role.RoleName}`,
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

/** A boundary may apply to other roles too, and has at most five versions. An AWS managed policy cannot be changed. */
function widenBoundary({ role }: RefusedCalls, refusals: readonly Refusal[]): Fix {
  const { arn = '', document = '' } = role.boundary ?? {};
  const requests = refusals.map(({ request }) => request);
  const statements = policyAllowing(requests).Statement;
  const changed = statements.reduce<string | null>(
    (text, statement) => (text === null ? null : withStatement(text, statement)),
    document,
  );
  const title = `Allow ${actionsOf(requests)} in permissions boundary ${lastSegment(arn)}`;
  if (changed === null || accountOf(arn) === 'aws')
    return {
      title,
      safety: 'by-hand',
      changes: [],
      statements: statements.map((statement) => JSON.stringify(statement)),
    };
  return {
    title,
    safety: 'risky',
    changes: [
      {
        service: 'iam',
        operation: 'CreatePolicyVersion',
        input: { PolicyArn: arn, PolicyDocument: changed, SetAsDefault: true },
        undo: {
          service: 'iam',
          operation: 'CreatePolicyVersion',
          input: { PolicyArn: arn, PolicyDocument: document, SetAsDefault: true },
        },
      },
    ],
  };
}

/**
 * A statement for the policy of the key or secret: applied by a call in the role's own account, otherwise to be
 * added by the owner.
 */
function grantByResource({ role }: RefusedCalls, { request, resource }: Refusal): Fix {
  const arn = request.resources[0]!;
  const statement = {
    Sid: 'MskTriggerRole',
    ...statementFor(request),
    Principal: { AWS: role.roleArn },
    Resource: resource?.kind === 'key' ? '*' : arn,
  };
  const before = resource?.document ?? null;
  const changed = withStatement(before ?? '{"Version":"2012-10-17","Statement":[]}', statement);
  if (resource?.kind !== 'key' || accountOf(arn) !== accountOf(role.roleArn) || changed === null)
    return {
      title: `Ask the owner of ${resourceName(arn) ?? arn} (account ${accountOf(arn)}) to add this statement to its policy`,
      safety: 'by-hand',
      changes: [],
      statements: [JSON.stringify(statement)],
    };
  const change = (Policy: string) => ({
    service: 'kms',
    operation: 'PutKeyPolicy',
    input: { KeyId: arn, PolicyName: 'default', Policy },
  });
  return {
    title: `Allow ${request.action} for role ${role.role.RoleName} in the key policy of ${resource.name}`,
    safety: 'care',
    changes: [{ ...change(changed), undo: before === null ? null : change(before) }],
  };
}

const actionsOf = (requests: readonly CallRequest[]): string =>
  shortActionList([...new Set(requests.map(({ action }) => action))]);

/**
 * The AWS managed policy for these mappings: MSK's API, network interfaces, logs. Nothing for IAM access control or
 * secrets.
 */
export function attachManagedPolicy({ role, partition, refusals }: RefusedCalls): Fix[] {
  if (
    refusals.some(({ decisions }) => decisions.some(({ layer, effect }) => layer !== 'identity' || effect === 'deny'))
  )
    return [];
  const arn = `arn:${partition}:iam::aws:policy/service-role/AWSLambdaMSKExecutionRole`;
  if (role.identity.some((policy) => policy.arn === arn)) return [];
  const input = { RoleName: role.role.RoleName, PolicyArn: arn };
  return [
    {
      title: `Attach the AWS managed policy AWSLambdaMSKExecutionRole to role ${role.role.RoleName}`,
      safety: 'safe',
      changes: [
        {
          service: 'iam',
          operation: 'AttachRolePolicy',
          input,
          undo: { service: 'iam', operation: 'DetachRolePolicy', input },
        },
      ],
    },
  ];
}
