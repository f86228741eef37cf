/** ARNs of a cluster and of what is inside it, as policies name them (AWS: IAM access control for MSK, resources). */
import { isServerlessId } from '../aws/event-source.js';

/** A cluster by the parts of its ARN; the UUID is `*` where another account's cluster does not show it. */
export interface ClusterIdentity {
  partition: string;
  region: string;
  account: string;
  name: string;
  uuid: string;
}

export type KafkaResource = 'cluster' | 'topic' | 'group' | 'transactional-id';

/** `arn:aws:kafka:…:topic/<cluster>/<uuid>/<topic>` and its kind; a cluster's ARN has no last part. */
export const kafkaArn = (cluster: ClusterIdentity, type: KafkaResource, name?: string): string =>
  `arn:${cluster.partition}:kafka:${cluster.region}:${cluster.account}:${type}/${cluster.name}/${cluster.uuid}${name === undefined ? '' : `/${name}`}`;

/** The UUID of a Serverless cluster ends in `-s1`. */
export const isServerless = ({ uuid }: ClusterIdentity): boolean => isServerlessId(uuid);
