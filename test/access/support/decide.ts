/** One call of a role, judged with its policies and with those of the resource, the organization and the session. */
import type { AccessRequest } from '../../../src/access/access-question.js';
import { authorize, type Layers } from '../../../src/access/authorize.js';

export const account = '111122223333';
export const role = `arn:aws:iam::${account}:role/service-role/orders`;
export const uuid = '0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9-1';
export const arn = (kind: string, ...names: string[]) =>
  ['arn:aws:kafka:eu-west-1:111122223333:', [kind, 'main', uuid, ...names].join('/')].join('');
export const [cluster, topic, group] = [arn('cluster'), arn('topic', 'orders'), arn('group', '5f0c8a1e-group')];
export const secret = `arn:aws:secretsmanager:eu-west-1:${account}:secret:AmazonMSK_orders-a1b2c3`;
export const key = `arn:aws:kms:eu-west-1:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
export const foreign = (arn: string) => arn.replace(account, '444455556666');

export type Answer = 'allowed' | 'denied' | 'cannot-tell';
export type Statements = object | object[];
export const allow = (Action: unknown, Resource: unknown, more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
export const deny = (Action: unknown, Resource: unknown, more: object = {}) => ({
  Effect: 'Deny',
  Action,
  Resource,
  ...more,
});
export const when = (operator: string, name: string, ...values: string[]) => ({
  Condition: { [operator]: { [name]: values } },
});
export const text = (statements: Statements, Version = '2012-10-17') =>
  JSON.stringify({ Version, Statement: statements });

export interface Setting {
  boundary?: Statements;
  scp?: Statements[];
  rcp?: Statements[];
  resource?: Statements | null;
  context?: AccessRequest['context'];
  unread?: 'identity' | 'boundary' | 'resource';
  version?: string;
}

export function answer(action: string, resource: string, identity: Statements, setting: Setting = {}): Answer {
  const failure = {
    outcome: 'denied',
    service: 'iam',
    operation: 'GetRolePolicy',
    action: 'iam:GetRolePolicy',
    error: 'AccessDenied',
  } as const;
  const levels = (documents: Statements[] | undefined) =>
    documents === undefined
      ? null
      : {
          levels: documents.map((document, index) => ({
            target: `ou-${index}`,
            policies: [{ id: 'p-1', document: text(document) }],
          })),
        };
  const layers: Layers = {
    role: {
      roleArn: role,
      role: { RoleName: 'orders', Arn: role, Tags: [] },
      identity: [{ name: 'own', kind: 'inline', arn: null, document: text(identity, setting.version) }],
      boundary: setting.boundary === undefined ? null : { arn: 'boundary', document: text(setting.boundary) },
      unreadable:
        setting.unread === 'identity' || setting.unread === 'boundary' ? [{ what: setting.unread, failure }] : [],
    },
    organization: { service: levels(setting.scp), resource: levels(setting.rcp) },
    resource:
      setting.resource === undefined && setting.unread !== 'resource'
        ? null
        : {
            kind: action.startsWith('kms:') ? 'key' : 'ordinary',
            name: 'resource',
            document: setting.resource === null || setting.resource === undefined ? null : text(setting.resource),
            unread: setting.unread === 'resource' ? [failure] : [],
          },
  };
  return authorize(
    {
      action,
      resource,
      principal: { aws: role },
      context: {
        'aws:PrincipalTag/team': 'orders',
        'aws:PrincipalTag/*': null,
        'aws:username': null,
        'aws:SecureTransport': 'true',
        'aws:PrincipalArn': role,
        'aws:PrincipalAccount': account,
        ...setting.context,
      },
    },
    layers,
  ).answer;
}
