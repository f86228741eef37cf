/** A mapping in the terms of policies: an existing one, or one that is only planned. */
import { parseArn } from '../aws/arn.js';
import { functionNameOf } from '../aws/function-arn.js';
import type { AuthMethod } from '../aws/msk.js';
import type { ClusterIdentity } from './kafka-arn.js';

export interface PolicySubject {
  functionArn: string;
  logGroup: string;
  /** Null where unknown. */
  roleArn: string | null;
  cluster: ClusterIdentity;
  /** For another account's cluster. */
  connectionArn: string | null;
  /** Subnets and security groups of the pollers' network interfaces; empty where unknown. */
  interfaces: { subnets: readonly string[]; securityGroups: readonly string[] };
  topic: string;
  /** `*` where Lambda will choose it. */
  group: string;
  auth: AuthMethod;
  secretArn: string | null;
  /** The secret's own key; null for the default key of Secrets Manager. */
  keyArn: string | null;
  /** ARN or `kafka://topic`; empty for none. */
  destination: string;
  /** The account of a destination whose ARN does not contain it (a bucket); null where unknown. */
  destinationOwner: string | null;
  /** The destination's own key; null for an AWS managed key. */
  destinationKeyArn: string | null;
  /** The ARN of a Glue registry, or the address of another one; empty for none. */
  registry: string;
  /** Secrets for the login to a registry. */
  registrySecrets: readonly RegistrySecret[];
  /** The pollers' Kafka principal, `User:…`; null where its secret was not read. */
  principal: string | null;
  /** `host:port`; null where unknown. */
  broker: string | null;
}

export interface RegistrySecret {
  /** As the mapping names it. */
  uri: string;
  /** Its customer managed key; null for the default key of Secrets Manager, and for an unread one. */
  keyArn: string | null;
}

/** The parts of `arn:aws:lambda:<region>:<account>:function:<name>`, without a qualifier. */
export function functionParts(functionArn: string): {
  partition: string;
  region: string;
  account: string;
  name: string;
} {
  const { partition = 'aws', region = '', account = '' } = parseArn(functionArn) ?? {};
  return { partition, region, account, name: functionNameOf(functionArn) ?? '' };
}
