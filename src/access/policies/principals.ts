/** Policies of the execution role, and of the creator of the mapping. */
import { unqualifiedArn } from '../../aws/function-arn.js';
import { kafkaArn } from '../kafka-arn.js';
import { callsOf } from '../needed-calls.js';
import { policyAllowing, policyOf, type Policy, type PolicyStatement } from '../policy.js';
import { functionParts, type PolicySubject } from '../policy-subject.js';

/** The least privilege for the execution role. A function without a log group creates its own. */
export function rolePolicy(trigger: PolicySubject): Policy {
  const requests = callsOf(trigger).map(({ anyOf: [request] }) => request);
  const logs = requests.find(({ action }) => action === 'logs:CreateLogStream');
  return policyAllowing(
    logs === undefined ? requests : [...requests, { action: 'logs:CreateLogGroup', resources: logs.resources }],
  );
}

/**
 * What a person or pipeline needs to create, change and delete the mapping (Lambda developer guide: MSK
 * permissions).
 */
export function creatorPolicy({ functionArn, cluster, connectionArn }: PolicySubject): Policy {
  const { partition, region, account } = functionParts(functionArn);
  const unqualified = unqualifiedArn(functionArn);
  const statement = (
    Sid: string,
    Action: string[],
    Resource: string | string[],
    more: Partial<PolicyStatement> = {},
  ): PolicyStatement => ({ Sid, Effect: 'Allow', Action, Resource, ...more });
  const mappings = `arn:${partition}:lambda:${region}:${account}:event-source-mapping:*`;
  return policyOf(
    statement(
      'ChangeMappings',
      ['lambda:CreateEventSourceMapping', 'lambda:UpdateEventSourceMapping', 'lambda:DeleteEventSourceMapping'],
      '*',
      {
        Condition: { ArnLike: { 'lambda:FunctionArn': [unqualified, `${unqualified}:*`] } },
      },
    ),
    statement('SeeMappings', ['lambda:GetEventSourceMapping', 'lambda:ListEventSourceMappings'], '*'),
    statement('TagMappings', ['lambda:TagResource', 'lambda:UntagResource', 'lambda:ListTags'], mappings),
    statement('SeeTheFunction', ['lambda:GetFunctionConfiguration'], unqualified),
    statement('SeeTheCluster', ['kafka:DescribeCluster', 'kafka:DescribeClusterV2'], kafkaArn(cluster, 'cluster')),
    statement(
      'FindTheCluster',
      [
        'kafka:GetBootstrapBrokers',
        'kafka:ListClustersV2',
        ...(connectionArn === null ? [] : ['kafka:ListVpcConnections']),
      ],
      '*',
    ),
    ...(connectionArn === null ? [] : [statement('SeeTheConnection', ['kafka:DescribeVpcConnection'], connectionArn)]),
  );
}

/** What a person needs to call the function with an event (`msk-lambda event invoke`), also by alias or version. */
export function invokerPolicy({ functionArn }: PolicySubject): Policy {
  const unqualified = unqualifiedArn(functionArn);
  return policyOf(
    {
      Sid: 'InvokeTheFunction',
      Effect: 'Allow',
      Action: ['lambda:GetFunctionConfiguration', 'lambda:InvokeFunction'],
      Resource: [unqualified, `${unqualified}:*`],
    },
    { Sid: 'SeeMappings', Effect: 'Allow', Action: ['lambda:GetEventSourceMapping'], Resource: '*' },
  );
}
