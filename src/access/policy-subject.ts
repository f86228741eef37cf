/** A mapping by what policies speak of: one that exists, or one that is only planned. */
import { parseArn } from '../aws/arn.js';
import { functionNameOf } from '../aws/function-arn.js';
import type { AuthMethod } from '../aws/msk.js';
import type { ClusterIdentity } from './kafka-arn.js';

export interface PolicySubject {
  functionArn: string;
  logGroup: string;
  /** Null where it is not known. */
  roleArn: string | null;
  cluster: ClusterIdentity;
  /** For another account's cluster. */
  connectionArn: string | null;
  /** Subnets and security groups of the pollers' network interfaces; empty where they are not known. */
  interfaces: { subnets: readonly string[]; securityGroups: readonly string[] };
  topic: string;
  /** `*` where Lambda will name it. */
  group: string;
  auth: AuthMethod;
  secretArn: string | null;
  /** The secret's own key; null under the default one of Secrets Manager. */
  keyArn: string | null;
  /** ARN or `kafka://topic`; empty for none. */
  destination: string;
  /** The account of a destination whose ARN does not name it (a bucket); null where it is not known. */
  destinationOwner: string | null;
  /** The destination's own key; null under one of AWS's. */
  destinationKeyArn: string | null;
  /** The ARN of a Glue registry, or the address of another one; empty for none. */
  registry: string;
  /** Secrets by which a registry is signed in to. */
  registrySecrets: readonly string[];
  /** As Kafka sees the pollers, `User:…`; null where the secret that shows it was not read. */
  principal: string | null;
  /** `host:port`, or null where it is not known. */
  broker: string | null;
}

/** `arn:aws:lambda:<region>:<account>:function:<name>` in its parts; a qualifier is left out. */
export function functionParts(functionArn: string): {
  partition: string;
  region: string;
  account: string;
  name: string;
} {
  const { partition = 'aws', region = '', account = '' } = parseArn(functionArn) ?? {};
  return { partition, region, account, name: functionNameOf(functionArn) ?? '' };
}
