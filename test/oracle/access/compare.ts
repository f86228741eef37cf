/** One case judged by us, and as questions to the peer. */
import type { AccessAnswer } from '../../../src/access/access-question.js';
import { authorize } from '../../../src/access/authorize.js';
import { evaluateDocument } from '../../../src/access/evaluate.js';
import { account, roleArn, sessionArn, valuesOf, type AccessCase } from './cases.js';

export function judgeByUs(accessCase: AccessCase): AccessAnswer {
  const context = Object.fromEntries(
    Object.entries(accessCase.context).filter(([key]) => !accessCase.unknown.includes(key)),
  );
  const request = {
    action: accessCase.action,
    resource: accessCase.resource,
    principal: accessCase.caller === 'role' ? { aws: roleArn } : { service: 'lambda.amazonaws.com' },
    context,
  };
  if (accessCase.caller === 'service')
    return evaluateDocument(JSON.stringify(accessCase.resourcePolicy ?? { Statement: [] }), request, {
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
      identity: accessCase.identity.map((document, index) => ({
        name: `p${index}`,
        kind: 'inline',
        arn: null,
        document: JSON.stringify(document),
      })),
      boundary:
        accessCase.boundary === null ? null : { arn: 'boundary', document: JSON.stringify(accessCase.boundary) },
      unreadable: [],
    },
    organization: {
      service: accessCase.serviceControl.length === 0 ? null : levels(accessCase.serviceControl),
      resource: accessCase.resourceControl.length === 0 ? null : levels(accessCase.resourceControl.map(withFull)),
    },
    resource: {
      kind: isKey(accessCase) ? 'key' : 'ordinary',
      name: 'resource',
      document: accessCase.resourcePolicy === null ? null : JSON.stringify(accessCase.resourcePolicy),
      unread: [],
    },
  });
}

export const isKey = ({ action }: AccessCase): boolean => action.startsWith('kms:');

/** Every way to fill in the keys that we are not told: absent, and each value. */
export function questionsOf(accessCase: AccessCase): object[] {
  let contexts: Record<string, string | string[]>[] = [
    Object.fromEntries(
      Object.entries(accessCase.context).filter(
        (entry): entry is [string, string | string[]] => entry[1] !== null && !accessCase.unknown.includes(entry[0]),
      ),
    ),
  ];
  for (const key of accessCase.unknown)
    contexts = contexts.flatMap((context) => [
      context,
      ...valuesOf(key).map((value) => ({ ...context, [key]: value as string | string[] })),
    ]);
  const named = (documents: readonly object[], prefix: string) =>
    documents.map((policy, index) => ({ name: `${prefix}${index}`, policy }));
  const levels = (documents: readonly object[]) =>
    documents.map((policy, index) => ({ orgIdentifier: `level-${index}`, policies: [{ name: `c${index}`, policy }] }));
  const owner = accessCase.resource.split(':')[4];
  const byRole = accessCase.caller === 'role';
  return contexts.map((contextVariables) => ({
    request: {
      principal: byRole ? sessionArn : 'lambda.amazonaws.com',
      action: accessCase.action,
      resource: { resource: accessCase.resource, accountId: owner === undefined || owner === '' ? account : owner },
      contextVariables,
    },
    identityPolicies: byRole ? named(accessCase.identity, 'p') : [],
    serviceControlPolicies: byRole ? levels(accessCase.serviceControl) : [],
    resourceControlPolicies: byRole
      ? accessCase.resourceControl.map((policy, index) => ({
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
    ...(accessCase.resourcePolicy === null
      ? {}
      : {
          resourcePolicy: {
            __validated: true,
            policyDocument: accessCase.resourcePolicy,
            metadata: { name: 'resource' },
            errors: [],
          },
        }),
    ...(byRole && accessCase.boundary !== null
      ? { permissionBoundaryPolicies: [{ name: 'boundary', policy: accessCase.boundary }] }
      : {}),
  }));
}
