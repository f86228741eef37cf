/** Narrows the cause down where read permissions are missing. */
import type { Finding } from '../checks/run.js';
import type { ReadRecord } from '../snapshot/read.js';
import type { LikelyCause } from './diagnosis.js';
import { explainedBy, type Clue } from './rank.js';

/**
 * Most frequent first. Empty where nothing that Lambda shows is known: then every undecided check is equally likely.
 */
export function likelyCauses(findings: readonly Finding[], clues: readonly Clue[]): LikelyCause[] {
  const undecided = new Set(findings.filter(({ status }) => status === 'unknown').map(({ check }) => check));
  return explainedBy(clues)
    .filter(({ check }) => undecided.has(check))
    .map(({ check, because }) => ({ check, because }));
}

const ofVpc = [
  'ec2:DescribeVpcs',
  'ec2:DescribeVpcAttribute',
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeRouteTables',
  'ec2:DescribeNetworkAcls',
  'ec2:DescribeVpcEndpoints',
  'ec2:DescribeNatGateways',
  'ec2:DescribeNetworkInterfaces',
];

/** Actions that are needed after an action, because its answer names what they read. */
export const nextActions: Readonly<Record<string, readonly string[]>> = {
  'lambda:GetEventSourceMapping': [
    'lambda:GetFunctionConfiguration',
    'lambda:GetFunctionConcurrency',
    'kafka:DescribeClusterV2',
    'kafka:GetBootstrapBrokers',
    'kafka:ListTopics',
    'cloudwatch:GetMetricData',
  ],
  'lambda:GetFunctionConfiguration': ['iam:GetRole'],
  'iam:GetRole': ['iam:ListRolePolicies', 'iam:ListAttachedRolePolicies'],
  'iam:ListRolePolicies': ['iam:GetRolePolicy'],
  'iam:ListAttachedRolePolicies': ['iam:GetPolicy'],
  'iam:GetPolicy': ['iam:GetPolicyVersion'],
  'kafka:DescribeClusterV2': ['kafka:DescribeConfigurationRevision', 'ec2:DescribeSubnets'],
  'kafka:DescribeVpcConnection': ['ec2:DescribeSubnets'],
  'ec2:DescribeSubnets': ofVpc,
  'secretsmanager:DescribeSecret': ['kms:DescribeKey'],
  'kms:DescribeKey': ['kms:GetKeyPolicy'],
};

/** The actions with all that are needed after them, sorted; without those that AWS has already answered in this run. */
export function withNextActions(missing: Iterable<string>, reads: readonly ReadRecord[]): string[] {
  const answered = new Set(
    reads
      .filter(({ outcome }) => outcome === 'ok' || outcome === 'not-found')
      .map(({ service, operation }) => `${service}:${operation}`),
  );
  const actions = new Set<string>(missing);
  // A `Set` iterates over items that are added during the loop.
  for (const action of actions)
    for (const next of nextActions[action] ?? []) if (!answered.has(next)) actions.add(next);
  return [...actions].toSorted();
}
