/** Faults of an MSK multi-VPC connection that stop a mapping on another account's cluster. */
import { meaningOf } from '../../../aws/states.js';
import {
  authNames,
  connectionAuthentications,
  connectionPorts,
  methodOfConnection,
  methodOfSecretType,
} from '../../../aws/msk.js';
import type { Fix } from '../../../fixes/fix.js';
import { ownCommand } from '../../../fixes/own-command.js';
import { shell } from '../../../text/shell.js';
import { recreate } from '../../support/recreate.js';
import { replaceAccess } from '../../support/name-secret.js';
import { manual } from '../../support/secret-use.js';
import type { FailureKind } from '../../define.js';
import type { Mapping, VpcConnection } from '../../../snapshot/resources/index.js';

/** A fault of a VPC connection. */
export interface ConnectionFault {
  /** Follows the connection's name in a title. */
  short: string;
  /** The whole title, where another resource is at fault. */
  title?: string;
  fact: string;
  fixes: Fix[];
  kind?: FailureKind;
}

const askOwner =
  'Ask the cluster’s owner whether the connection was rejected, and whether the cluster policy allows kafka:CreateVpcConnection for your account';

/** By state (API reference of MSK, VpcConnectionState). */
const advice: Readonly<Record<string, string>> = {
  CREATING: 'Wait until the VPC connection is AVAILABLE',
  UPDATING: 'Wait until the VPC connection is AVAILABLE',
};

/** The consumer group keeps its offsets on the same cluster; a mapping that has read nothing starts at its creation. */
const onNewConnection = (title: string, mapping: Mapping, now: Date): Fix =>
  recreate(title, mapping, ['--cluster', 'VPC_CONNECTION_ARN'], { since: 'creation', now });

/** A secret that is not needed is removed. A person has to name a missing secret or another connection. */
function otherAuthentication(
  mapping: Mapping,
  now: Date,
  method: keyof typeof connectionAuthentications,
  wanted: string,
): Fix[] {
  const { UUID: uuid, SourceAccessConfigurations: before } = mapping;
  const connect = onNewConnection(
    `Create a VPC connection with authentication ${wanted}, and recreate the mapping with its ARN`,
    mapping,
    now,
  );
  if (method === 'iam')
    return [
      replaceAccess(
        'Remove the secret from the mapping, so that Lambda uses IAM like the VPC connection',
        uuid,
        before,
        [],
      ),
      connect,
    ];
  return [
    manual(`Name a secret for ${authNames[method]}, the authentication of the VPC connection, in the mapping`, [
      ownCommand('update', uuid, '--secret', 'SECRET'),
    ]),
    connect,
  ];
}

/** All its faults for this mapping; `connection` null: it does not exist. */
export function vpcConnectionFaults(connection: VpcConnection | null, mapping: Mapping, now: Date): ConnectionFault[] {
  if (connection === null)
    return [
      {
        short: 'does not exist',
        fact: 'MSK has no VPC connection with this ARN',
        fixes: [
          onNewConnection('Recreate the VPC connection, and recreate the mapping with its new ARN', mapping, now),
        ],
        kind: 'gone',
      },
    ];
  const faults: ConnectionFault[] = [];
  const { State: state, Authentication: authentication } = connection;
  if (meaningOf('vpcConnection', state) === 'down')
    faults.push({
      short: `is ${state}`,
      fact: `State: ${state} (traffic flows only in state AVAILABLE)`,
      fixes: [
        state === 'DELETING'
          ? onNewConnection('Create another VPC connection, and recreate the mapping with its ARN', mapping, now)
          : manual(advice[state ?? ''] ?? askOwner),
      ],
      kind: 'not-available',
    });
  // The type of the mapping's secret shows the method (AWS: cross-account mappings).
  const [named] = mapping.SourceAccessConfigurations.flatMap(({ Type }) => methodOfSecretType(Type) ?? []);
  const wanted = connectionAuthentications[named ?? 'iam'];
  if (methodOfConnection(authentication) !== null && authentication !== wanted)
    faults.push({
      short: `is for ${authentication}, but Lambda uses ${wanted}`,
      fact:
        named === undefined
          ? `the mapping names no secret, so Lambda uses ${wanted}`
          : `the mapping’s secret is for ${wanted}`,
      fixes: otherAuthentication(mapping, now, methodOfConnection(authentication)!, wanted),
      kind: 'other-authentication',
    });
  return faults;
}

/** The cluster's policy does not allow these calls, each with its resource. */
export const refusedByOwner = (refused: readonly string[]): ConnectionFault => ({
  short: `fails: the cluster policy does not allow the role ${refused[0]!.split(' ')[0]}${refused.length > 1 ? ` and ${refused.length - 1} more` : ''}`,
  fact: `the cluster policy does not allow ${refused.join(', ')}`,
  fixes: [
    manual('Ask the cluster’s owner to allow these actions for your account in the cluster policy', [
      shell`aws kafka put-cluster-policy --cluster-arn CLUSTER_ARN --policy file://policy.json`,
    ]),
  ],
});

/** What its security groups block: for each group, the facts from the network solver. */
export const closedByGroups = (
  direction: 'inbound' | 'outbound',
  facts: readonly { resource: string; fact: string }[],
): ConnectionFault[] =>
  facts.map(({ resource, fact }) => ({
    title: `Security group ${resource} of the VPC connection does not allow ${direction} TCP ${connectionPorts.from}–${connectionPorts.to}`,
    short: `is blocked by its security group ${resource}`,
    fact: `security group ${resource}: ${fact}`,
    fixes: [],
  }));
