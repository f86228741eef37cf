/** One case judged by us, and as questions to the peer. */
import type { AccessAnswer } from '../../../src/access/answer.js';
import { authorize } from '../../../src/access/authorize.js';
import { evaluateDocument } from '../../../src/access/evaluate.js';
import { account, roleArn, sessionArn, valuesOf, type AccessCase } from './cases.js';

export function judgeByUs(one: AccessCase): AccessAnswer {
  const context = Object.fromEntries(Object.entries(one.context).filter(([key]) => !one.unknown.includes(key)));
  const request = {
    action: one.action,
    resource: one.resource,
    principal: one.caller === 'role' ? { aws: roleArn } : { service: 'lambda.amazonaws.com' },
    context,
  };
  if (one.caller === 'service')
    return evaluateDocument(JSON.stringify(one.resourcePolicy ?? { Statement: [] }), request, {
      layer: 'resource',
      policy: 'resource',
    });
  const levels = (documents: readonly object[]) => ({
    levels: documents.map((document, index) => ({
      target: `level-${index}`,
      policies: [{ id: 'p', document: JSON.stringify(document) }],
    })),
  });
  // Full access is attached to every level of resource control policies and cannot be taken off.
  const withFull = (document: object) => ({
    ...document,
    Statement: [
      { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' },
      ...(document as { Statement: object[] }).Statement,
    ],
  });
  return authorize(request, {
    role: {
      roleArn,
      role: { RoleName: 'orders', Arn: roleArn, Tags: [] },
      identity: one.identity.map((document, index) => ({
        name: `p${index}`,
        kind: 'inline',
        arn: null,
        document: JSON.stringify(document),
      })),
      boundary: one.boundary === null ? null : { arn: 'boundary', document: JSON.stringify(one.boundary) },
      unreadable: [],
    },
    organization: {
      service: one.serviceControl.length === 0 ? null : levels(one.serviceControl),
      resource: one.resourceControl.length === 0 ? null : levels(one.resourceControl.map(withFull)),
    },
    resource: {
      kind: isKey(one) ? 'key' : 'ordinary',
      name: 'resource',
      document: one.resourcePolicy === null ? null : JSON.stringify(one.resourcePolicy),
      unread: [],
    },
  });
}

export const isKey = ({ action }: AccessCase): boolean => action.startsWith('kms:');

/** Every way to fill in the keys that we are not told: absent, and each value. */
export function questionsOf(one: AccessCase): object[] {
  let contexts: Record<string, string | string[]>[] = [
    Object.fromEntries(
      Object.entries(one.context).filter(
        (entry): entry is [string, string | string[]] => entry[1] !== null && !one.unknown.includes(entry[0]),
      ),
    ),
  ];
  for (const key of one.unknown)
    contexts = contexts.flatMap((context) => [
      context,
      ...valuesOf(key).map((value) => ({ ...context, [key]: value as string | string[] })),
    ]);
  const named = (documents: readonly object[], prefix: string) =>
    documents.map((policy, index) => ({ name: `${prefix}${index}`, policy }));
  const levels = (documents: readonly object[]) =>
    documents.map((policy, index) => ({ orgIdentifier: `level-${index}`, policies: [{ name: `c${index}`, policy }] }));
  const owner = one.resource.split(':')[4];
  const byRole = one.caller === 'role';
  return contexts.map((contextVariables) => ({
    request: {
      principal: byRole ? sessionArn : 'lambda.amazonaws.com',
      action: one.action,
      resource: { resource: one.resource, accountId: owner === undefined || owner === '' ? account : owner },
      contextVariables,
    },
    identityPolicies: byRole ? named(one.identity, 'p') : [],
    serviceControlPolicies: byRole ? levels(one.serviceControl) : [],
    resourceControlPolicies: byRole
      ? one.resourceControl.map((policy, index) => ({
          orgIdentifier: `level-${index}`,
          policies: [
            { name: `r${index}`, policy },
            {
              name: 'full',
              policy: {
                Version: '2012-10-17',
                Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
              },
            },
          ],
        }))
      : [],
    // Named, which the peer wants of this one.
    ...(one.resourcePolicy === null
      ? {}
      : {
          resourcePolicy: {
            __validated: true,
            policyDocument: one.resourcePolicy,
            metadata: { name: 'resource' },
            errors: [],
          },
        }),
    ...(byRole && one.boundary !== null
      ? { permissionBoundaryPolicies: [{ name: 'boundary', policy: one.boundary }] }
      : {}),
  }));
}
