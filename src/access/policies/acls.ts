/** The command lines for Kafka ACLs that let the pollers read (Lambda developer guide: Kafka ACLs). */
import { shell, type ShellCommand } from '../../text/shell.js';

export interface AclNeed {
  /** The pollers' Kafka principal; null leaves a placeholder for it. */
  principal: string | null;
  topic: string;
  group: string;
  /** `host:port`; null leaves a placeholder. */
  broker: string | null;
  /** A topic for failed records. */
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
