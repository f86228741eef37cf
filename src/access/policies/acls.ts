/** The lines by which Kafka's own access control lets the pollers read (Lambda developer guide: Kafka ACLs). */
import { shell, type ShellCommand } from '../../text/shell.js';

export interface AclNeed {
  /** As Kafka sees the pollers; null leaves a name to be filled in. */
  principal: string | null;
  topic: string;
  group: string;
  /** `host:port`, or null to be filled in. */
  broker: string | null;
  /** A topic that failed records go to. */
  writes?: string | null;
}

export function aclLines({ principal, topic, group, broker, writes = null }: AclNeed): ShellCommand[] {
  const server = broker ?? 'BROKER:PORT';
  const user = principal ?? 'User:NAME';
  return [
    shell`kafka-acls --bootstrap-server ${server} --command-config client.properties --add --allow-principal ${user} --operation Describe --operation Read --topic ${topic}`,
    shell`kafka-acls --bootstrap-server ${server} --command-config client.properties --add --allow-principal ${user} --operation Describe --operation Read --group ${group}`,
    shell`kafka-acls --bootstrap-server ${server} --command-config client.properties --add --allow-principal ${user} --operation DescribeConfigs --cluster`,
    ...(writes === null
      ? []
      : [
          shell`kafka-acls --bootstrap-server ${server} --command-config client.properties --add --allow-principal ${user} --operation Describe --operation Write --topic ${writes}`,
        ]),
  ];
}
