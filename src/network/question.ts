/** The question to the network solver, and the reads that it uses. */
import type { ReadFailure } from '../snapshot/read.js';
import type { Snapshot } from '../snapshot/snapshot.js';

/**
 * Where the pollers' network interfaces are placed: one placement for a provisioned cluster, several for Serverless
 * with several VPC configurations.
 */
export interface Placement {
  subnetIds: string[];
  securityGroupIds: string[];
}

/** The reads that the network solver uses, by VPC id unless snapshot.ts says otherwise. */
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

/** The services that pollers call, with their names for a sentence. */
export const serviceNames = {
  lambda: 'Lambda',
  sts: 'STS',
  secretsmanager: 'Secrets Manager',
  sqs: 'SQS',
  sns: 'SNS',
  s3: 'S3',
  glue: 'Glue',
} as const;

export type ServiceName = keyof typeof serviceNames;

/** A service that the pollers must call from inside the VPC, and the exact call, for endpoint policies. */
export interface ServiceNeed {
  service: ServiceName;
  action: string;
  /** Null where it could not be read, or is not chosen yet. */
  resource: string | null;
  /** `lambda.amazonaws.com`, or the execution role's ARN; null as above. */
  principal: { service: string } | { role: string } | null;
  /** Failed reads that would show the null values. */
  missing: ReadFailure[];
  /**
   * Whether the mapping certainly needs it. In provisioned mode AWS documents no path; but for an on-failure
   * destination or registry it requires one without naming the mode, so a block there is a risk (`warn`), not a
   * failure.
   */
  certain: boolean;
}

/** The question for one mapping. */
export interface NetworkQuestion {
  /**
   * What Lambda shows. `proved`: the text `OK`, which only a poll with records leaves. `failing`: an error. `No
   * records processed` proves nothing.
   */
  polls: 'proved' | 'failing' | 'not-shown';
  /**
   * Whether Lambda's text says that the pollers reach no AWS service: then no private hosted zone points them to one
   * in a peered VPC.
   */
  reportsNoEgress: boolean;
  /** For a fix that changes the mapping itself. */
  mappingUuid: string;
  partition: string;
  region: string;
  account: string | null;
  /** The time of the read, for conditions of an endpoint policy. */
  at: Date;
  placements: Placement[];
  /**
   * Null for a VPC connection: then the pollers' security groups must allow `ports` to the connection's own
   * addresses.
   */
  brokers: { placements: Placement[]; ports: { from: number; to: number } } | null;
  connectionPorts: { from: number; to: number } | null;
  services: ServiceNeed[];
}
