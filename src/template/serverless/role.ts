/**
 * The role that the framework generates for functions without one of their own. For `msk` it allows DescribeCluster and
 * GetBootstrapBrokers on the clusters, and the network interfaces: neither kafka-cluster nor DescribeClusterV2 nor secrets.
 */
import { lambdaPrincipal } from '../../aws/partitions.js';
import { hasSymbol } from '../../snapshot/symbols.js';
import type { RawResource } from '../cloudformation/stack.js';
import type { DocumentPath } from '../location.js';
import { isObject, type Json, type JsonObject } from '../resource.js';
import { eventsOf } from './events.js';
import { memberAt, objectOr, type ServerlessService, type ServiceFunction } from './parts.js';

export const roleId = 'IamRoleLambdaExecution';

const allow = (action: Json, resource: Json): JsonObject => ({ Effect: 'Allow', Action: action, Resource: resource });
const networkInterfaces = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeVpcs',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeSubnets',
  'ec2:DescribeSecurityGroups',
];

/** The role that function or provider name; null for the generated one. */
export function customRoleOf({ document, unknown }: ServerlessService, { written, key }: ServiceFunction): Json | null {
  const provider = objectOr(document['provider']);
  const ofProvider = memberAt(provider, 'iam')['role'];
  const isReference = typeof ofProvider === 'string' || Object.keys(objectOr(ofProvider)).some(isIntrinsic);
  const role = written['role'] ?? (isReference ? ofProvider! : provider['role']);
  // A section of a variable that is not known may name or describe any role.
  const isOpen = [document['provider'], provider['iam']].some((part) => typeof part === 'string' && hasSymbol(part));
  if (isOpen) return role ?? unknown(`role of ${key}`);
  if (role !== undefined && role !== null)
    return typeof role === 'string' && !role.startsWith('arn:') && /^\w+$/.test(role) && !role.startsWith('zz0')
      ? { 'Fn::GetAtt': [role, 'Arn'] }
      : role;
  // Plugins and newer versions make a role for each such function.
  return written['iam'] === undefined && written['iamRoleStatements'] === undefined ? null : unknown(`role of ${key}`);
}

const isIntrinsic = (name: string): boolean => name === 'Ref' || name.includes('::');

/** Null where every function has a role of its own. */
export function generatedRole(service: ServerlessService, functions: readonly ServiceFunction[]): RawResource | null {
  if (functions.every((each) => customRoleOf(service, each) !== null)) return null;
  const provider = objectOr(service.document['provider']);
  const role = memberAt(memberAt(service.document, 'provider'), 'iam')['role'];
  const newer = objectOr(role)['statements'];
  const given = newer ?? provider['iamRoleStatements'] ?? [];
  const path: DocumentPath =
    newer === undefined ? ['provider', 'iamRoleStatements'] : ['provider', 'iam', 'role', 'statements'];
  const statements = (Array.isArray(given) ? given : []).filter(isObject);
  const generated = [...logs(), ...functions.flatMap(statementsFor)];
  // Statements that are not known may allow anything.
  const unknown = Array.isArray(given) ? given.filter((statement) => !isObject(statement)) : [given];
  const managed = [objectOr(role)['managedPolicies'] ?? provider['iamManagedPolicies'] ?? []].flat();
  const boundary =
    objectOr(role)['permissionsBoundary'] ??
    objectOr(role)['permissionBoundary'] ??
    provider['rolePermissionsBoundary'];
  const name = objectOr(role)['name'];
  const inVpc = provider['vpc'] !== undefined || functions.some(({ written }) => written['vpc'] !== undefined);
  return {
    raw: {
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: name ?? {
          'Fn::Join': ['-', [service.name, service.stage, { Ref: 'AWS::Region' }, 'lambdaRole']],
        },
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: [lambdaPrincipal] }, Action: ['sts:AssumeRole'] }],
        },
        Policies: [
          {
            PolicyName: `${service.name}-${service.stage}-lambda`,
            PolicyDocument: { Version: '2012-10-17', Statement: [...statements, ...generated] },
          },
          ...unknown,
        ],
        ManagedPolicyArns: [
          ...managed,
          ...(inVpc
            ? [{ 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole' }]
            : []),
        ],
        ...(boundary === undefined ? {} : { PermissionsBoundary: boundary }),
      },
    },
    path: newer === undefined && provider['iamRoleStatements'] === undefined ? ['provider'] : path,
    at: (inner) => statementPath(inner, path, statements.length),
  };
}

/** `Properties.Policies.0.PolicyDocument.Statement.2` is a statement of the file, or one that the framework adds. */
function statementPath(inner: DocumentPath, path: DocumentPath, count: number): DocumentPath {
  const [, property, , , , index, ...rest] = inner;
  return property === 'Policies' && typeof index === 'number' && index < count ? [...path, index, ...rest] : path;
}

const logs = (): JsonObject[] => [
  allow(['logs:CreateLogStream', 'logs:CreateLogGroup', 'logs:TagResource', 'logs:PutLogEvents'], {
    'Fn::Sub': 'arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/lambda/*',
  }),
];

/** The framework leaves the role out of events of functions with another role, too: it adds them all. */
function statementsFor(each: ServiceFunction): JsonObject[] {
  const events = eventsOf(each);
  const clusters = events.flatMap(({ kind, given }) =>
    kind === 'msk' && given['arn'] !== undefined ? [given['arn']] : [],
  );
  const access = events.flatMap(({ kind, given }) =>
    kind === 'kafka' ? Object.entries(objectOr(given['accessConfigurations'])) : [],
  );
  const secrets = access.flatMap(([name, values]) => (name.startsWith('vpc') ? [] : [values].flat()));
  return [
    ...(clusters.length === 0 ? [] : [allow(['kafka:DescribeCluster', 'kafka:GetBootstrapBrokers'], clusters)]),
    ...(secrets.length === 0 ? [] : [allow(['secretsmanager:GetSecretValue'], secrets)]),
    ...(clusters.length > 0 || access.some(([name]) => name.startsWith('vpc')) ? [allow(networkInterfaces, '*')] : []),
  ];
}
