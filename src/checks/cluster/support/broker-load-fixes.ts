/** Fixes for brokers that are short of a resource, by resource. */
import type { Fix } from '../../../fixes/fix.js';
import { shell } from '../../../text/shell.js';
import { manual } from '../../support/secret-use.js';

/** `facts`: as they are shown. */
export function relieve(cluster: string, facts: readonly string[]): Fix[] {
  const speak = (pattern: RegExp) => facts.some((fact) => pattern.test(fact));
  return [
    ...(speak(/offline$/)
      ? [
          manual('Find out why partitions are offline: a restarting broker or a full disk causes it', [
            shell`aws kafka list-cluster-operations-v2 --cluster-arn ${cluster}`,
          ]),
        ]
      : []),
    ...(speak(/disk of broker/)
      ? [
          manual('Shorten the retention of large topics (free), or enlarge the broker storage (billed per GB)', [
            shell`aws kafka update-broker-storage --cluster-arn ${cluster} --current-version VERSION --target-broker-ebs-volume-info KafkaBrokerNodeId=All,VolumeSizeGB=SIZE`,
          ]),
        ]
      : []),
    ...(speak(/IAM connections/)
      ? [
          manual(
            'Configure clients to reuse connections, or raise listener.name.client_iam.max.connections in the cluster configuration',
          ),
        ]
      : []),
    ...(speak(/CPU of broker/)
      ? [
          manual('Rebalance partitions across brokers (free), or use a larger broker type (billed per hour)', [
            shell`aws kafka update-broker-type --cluster-arn ${cluster} --current-version VERSION --target-instance-type TYPE`,
          ]),
        ]
      : []),
  ];
}
