/**
 * What the states of AWS resources mean for the traffic through them. Each table has every value of the API model, which
 * a test compares with the SDK's enums. A value that is in no table is one that AWS added later: it is never a fault.
 */

/** `limited`: usually works. `down`: does not work. `unknown`: a value that the table does not have. */
export type StateMeaning = 'up' | 'limited' | 'down' | 'unknown';

interface States {
  up: readonly string[];
  limited?: readonly string[];
  down: readonly string[];
}

export const states = {
  /** API reference of MSK, ClusterState. */
  cluster: {
    up: ['ACTIVE'],
    limited: ['HEALING', 'MAINTENANCE', 'REBOOTING_BROKER', 'UPDATING'],
    down: ['CREATING', 'DELETING', 'FAILED'],
  },
  /** API reference of MSK, VpcConnectionState. */
  vpcConnection: {
    up: ['AVAILABLE'],
    down: ['CREATING', 'DEACTIVATING', 'DELETING', 'FAILED', 'INACTIVE', 'REJECTED', 'REJECTING'],
  },
  /** AWS KMS developer guide, key states; a key that is being updated decrypts. */
  key: {
    up: ['Enabled', 'Updating'],
    down: ['Creating', 'Disabled', 'PendingDeletion', 'PendingImport', 'PendingReplicaDeletion', 'Unavailable'],
  },
  /** API reference of EC2, VpcEndpoint; a partial endpoint has network interfaces in some of its subnets. */
  endpoint: {
    up: ['Available'],
    limited: ['Partial'],
    down: ['Deleted', 'Deleting', 'Expired', 'Failed', 'Pending', 'PendingAcceptance', 'Rejected'],
  },
  /** API reference of EC2, NatGateway. */
  natGateway: { up: ['available'], down: ['deleted', 'deleting', 'failed', 'pending'] },
  /** API reference of EC2, TransitGatewayAttachment. */
  transitGatewayAttachment: {
    up: ['available', 'modifying'],
    down: [
      'deleted',
      'deleting',
      'failed',
      'failing',
      'initiating',
      'initiatingRequest',
      'pending',
      'pendingAcceptance',
      'rejected',
      'rejecting',
      'rollingBack',
    ],
  },
  /** API reference of EC2, VpcPeeringConnectionStateReason. */
  peering: {
    up: ['active'],
    down: [
      'deleted',
      'deleting',
      'expired',
      'failed',
      'initiating-request',
      'pending-acceptance',
      'provisioning',
      'rejected',
    ],
  },
} as const satisfies Record<string, States>;

/** What a state means; one that AWS leaves out is taken to be the usual one. EC2 spells some states in small letters. */
export function meaningOf(kind: keyof typeof states, state: string | undefined): StateMeaning {
  if (state === undefined) return 'up';
  const { up, limited = [], down }: States = states[kind];
  const among = (values: readonly string[]) => values.some((value) => value.toLowerCase() === state.toLowerCase());
  return among(up) ? 'up' : among(limited) ? 'limited' : among(down) ? 'down' : 'unknown';
}
