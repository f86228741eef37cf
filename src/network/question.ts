/** The question to the network solver, and the reads that it is answered from. */
import type { ReadFailure } from '../snapshot/read.js';
import type { Snapshot } from '../snapshot/snapshot.js';

/** Where pollers' network interfaces are placed: one for a provisioned cluster, several for Serverless with several VPC configurations. */
export interface Placement {
  subnetIds: string[];
  securityGroupIds: string[];
}

/** The reads that the network solver looks into; by VPC id but where snapshot.ts says otherwise. */
export type NetworkReads = Pick<
  Snapshot,
  | 'subnets'
  | 'vpcs'
  | 'vpcSubnets'
  | 'securityGroups'
  | 'routeTables'
  | 'networkAcls'
  | 'vpcEndpoints'
  | 'natGateways'
  | 'networkInterfaces'
  | 'vpcDnsSupport'
  | 'vpcDnsHostnames'
  | 'dhcpOptions'
  | 'prefixLists'
  | 'peerings'
  | 'transitGatewayVpcAttachments'
  | 'transitGatewayAttachments'
  | 'transitGatewayRoutes'
  | 'hostedZones'
  | 'hostedZoneRecords'
  | 'endpointsElsewhere'
>;

export type ServiceName = 'lambda' | 'sts' | 'secretsmanager' | 'sqs' | 'sns' | 's3' | 'glue';

/** A service that the pollers must call from inside the VPC, and the very call, for endpoint policies. */
export interface ServiceNeed {
  service: ServiceName;
  action: string;
  /** Null where it could not be read, or nobody has chosen it yet. */
  resource: string | null;
  /** `lambda.amazonaws.com`, or the execution role's ARN; null as above. */
  principal: { service: string } | { role: string } | null;
  /** The reads that would tell what is null. */
  missing: ReadFailure[];
  /**
   * Whether the mapping surely needs it. With provisioned pollers AWS documents no path but asks for one to an
   * on-failure destination or registry without saying for which mode: a block there is a risk (`warn`), not a failure.
   */
  certain: boolean;
}

/** The question for one mapping. */
export interface NetworkQuestion {
  /**
   * What Lambda shows: `proved` by the text `OK`, which only a poll that brought records leaves; `failing` by an error.
   * `No records processed` proves nothing.
   */
  polls: 'proved' | 'failing' | 'not-shown';
  /** Whether Lambda's text reports that the pollers reach no AWS service: then no private hosted zone leads them to one in a peered VPC. */
  reportsNoEgress: boolean;
  /** For a fix that changes the mapping itself. */
  mappingUuid: string;
  partition: string;
  region: string;
  account: string | null;
  /** When the account was read: the clock of an endpoint policy's conditions. */
  at: Date;
  placements: Placement[];
  /** Null for a VPC connection: then `ports` must be let out of the pollers' groups to the connection's own addresses. */
  brokers: { placements: Placement[]; ports: { from: number; to: number } } | null;
  connectionPorts: { from: number; to: number } | null;
  services: ServiceNeed[];
}
