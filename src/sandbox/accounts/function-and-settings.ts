/** Accounts with a fault in the function's configuration or in a setting of the mapping, and unusual ones that work. */
import { publishedVersionArn } from '../../aws/function-arn.js';
import { lambdaPrincipal } from '../../aws/partitions.js';
import { ok } from '../../snapshot/read.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { broken, healthy, notFound, value, type SandboxAccount } from '../account.js';
import { account, functionArn, region, roleArn, uuid } from '../healthy.js';
import { problem } from './texts.js';

const managed = (snapshot: Snapshot): void =>
  void Object.assign(value(snapshot.functions, functionArn), {
    State: 'ActiveNonInvocable',
    Timeout: 3600,
    CapacityProviderConfig: {
      LambdaManagedInstancesCapacityProviderConfig: {
        CapacityProviderArn: `arn:aws:lambda:${region}:${account}:capacity-provider:orders-instances`,
      },
    },
  });

/** A user, the concurrency or a deleted function stops the mapping. */
export const stoppedMappings: readonly SandboxAccount[] = [
  broken(
    'disabled',
    'A user disabled the mapping',
    'mapping.state',
    null,
    {},
    (snapshot) => {
      Object.assign(value(snapshot.mappings, uuid), { State: 'Disabled', StateTransitionReason: 'USER_INITIATED' });
    },
    { verdict: 'disabled' },
  ),
  broken(
    'concurrency-zero',
    'The function has reserved concurrency 0',
    'function.concurrency',
    problem('function-call-failed'),
    {},
    (snapshot) => {
      snapshot.concurrency[functionArn] = ok({ ReservedConcurrentExecutions: 0 });
    },
  ),
  broken(
    'function-gone',
    'The function was deleted',
    'function.state',
    problem('function-call-failed'),
    {},
    (snapshot) => {
      snapshot.functions[functionArn] = notFound('lambda', 'GetFunctionConfiguration');
      snapshot.concurrency[functionArn] = notFound('lambda', 'GetFunctionConcurrency');
    },
  ),
];

export const functionAndSettings: readonly SandboxAccount[] = [
  broken(
    'function-tenancy',
    'The function uses tenant isolation, so no mapping can invoke it',
    'function.tenancy',
    problem('function-call-failed'),
    {},
    (snapshot) => {
      value(snapshot.functions, functionArn).TenancyConfig = { TenantIsolationMode: 'PER_TENANT' };
    },
  ),
  broken(
    'function-not-published',
    'The function on Lambda Managed Instances has no published version',
    'function.state',
    problem('function-call-failed'),
    {},
    (snapshot) => {
      managed(snapshot);
      snapshot.functions[publishedVersionArn(functionArn)] = notFound('lambda', 'GetFunctionConfiguration');
    },
  ),
  broken(
    'function-deactivated',
    'The function’s published version on Lambda Managed Instances is deactivated',
    'function.state',
    problem('function-call-failed'),
    {},
    (snapshot) => {
      managed(snapshot);
      snapshot.functions[publishedVersionArn(functionArn)] = ok({
        ...value(snapshot.functions, functionArn),
        FunctionArn: publishedVersionArn(functionArn),
        Version: '$LATEST.PUBLISHED',
        State: 'Deactivated',
        StateReasonCode: 'InsufficientCapacity',
      });
    },
  ),
];

export const unusualSettings: readonly SandboxAccount[] = [
  healthy('managed-instances', 'A function on Lambda Managed Instances with a timeout of one hour', {}, (snapshot) => {
    managed(snapshot);
    snapshot.functions[publishedVersionArn(functionArn)] = ok({
      ...value(snapshot.functions, functionArn),
      FunctionArn: publishedVersionArn(functionArn),
      Version: '$LATEST.PUBLISHED',
      State: 'Active',
    });
  }),
  healthy(
    'poller-group',
    'Event pollers in a group that other mappings may share',
    { provisioned: true },
    (snapshot) => {
      value(snapshot.mappings, uuid).ProvisionedPollerConfig = {
        MinimumPollers: 1,
        MaximumPollers: 3,
        PollerGroupName: 'orders-team',
      };
    },
  ),
  healthy('function-idle', 'An inactive function, which the next invocation restores', {}, (snapshot) => {
    Object.assign(value(snapshot.functions, functionArn), { State: 'Inactive', StateReasonCode: 'Idle' });
  }),
  healthy('group-with-blanks', 'A consumer group ID with spaces', {}, (snapshot) => {
    value(snapshot.mappings, uuid).AmazonManagedKafkaEventSourceConfig = { ConsumerGroupId: 'orders of the shop' };
    const key = `${roleArn}#kafka-access`;
    snapshot.inlinePolicies[key] = ok(value(snapshot.inlinePolicies, key).replaceAll(uuid, 'orders of the shop'));
  }),
  healthy(
    'trust-by-source',
    'The trust policy allows Lambda only for this account and function, as AWS recommends',
    {},
    (snapshot) => {
      value(snapshot.roles, roleArn).AssumeRolePolicyDocument = JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: lambdaPrincipal },
            Action: 'sts:AssumeRole',
            Condition: {
              StringEquals: { 'aws:SourceAccount': account },
              ArnLike: { 'aws:SourceArn': functionArn },
            },
          },
        ],
      });
    },
  ),
];
