/** Fixes for brokers that are short of a resource, by resource. */
import type { Fix } from '../../../fixes/fix.js';
import { shell } from '../../../text/shell.js';
import { manual } from '../../support/secret-use.js';

/** `facts`: as they are shown. */
export function relieve(cluster: string, facts: readonly string[]): Fix[] {
  const speak = (pattern: RegExp) => facts.some((fact) => pattern.test(fact));
  return [
    ...(speak(/partitions are offline/)
      ? [
          manual('Find out why partitions are offline: a broker that restarts or has a full disk brings them back', [
            shell`aws kafka list-cluster-operations-v2 --cluster-arn ${cluster}`,
          ]),
        ]
      : []),
    ...(speak(/disk of broker/)
      ? [
          manual('Shorten the retention of large topics (free), or give the brokers larger disks (billed per GB)', [
            shell`aws kafka update-broker-storage --cluster-arn ${cluster} --current-version VERSION --target-broker-ebs-volume-info KafkaBrokerNodeId=All,VolumeSizeGB=SIZE`,
          ]),
        ]
      : []),
    ...(speak(/connections; by IAM/)
      ? [
          manual(
            'Let clients share and keep their connections, or add brokers; the limit is listener.name.client_iam.max.connections of the cluster’s configuration',
          ),
        ]
      : []),
    ...(speak(/CPU of broker/)
      ? [
          manual('Move load to other brokers (free), or use a larger instance type or more brokers (billed per hour)', [
            shell`aws kafka update-broker-type --cluster-arn ${cluster} --current-version VERSION --target-instance-type TYPE`,
          ]),
        ]
      : []),
  ];
}
