/** The lines by which Kafka's own access control lets the pollers read (Lambda developer guide: Kafka ACLs). */
import { shellQuote } from '../../text/shell-quote.js';

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

export function aclLines({ principal, topic, group, broker, writes = null }: AclNeed): string[] {
  const acl = (what: string) =>
    `kafka-acls --bootstrap-server ${broker ?? 'BROKER:PORT'} --command-config client.properties --add --allow-principal ${shellQuote(principal ?? 'User:NAME')} ${what}`;
  return [
    acl(`--operation Describe --operation Read --topic ${shellQuote(topic)}`),
    acl(`--operation Describe --operation Read --group ${shellQuote(group)}`),
    acl('--operation DescribeConfigs --cluster'),
    ...(writes === null ? [] : [acl(`--operation Describe --operation Write --topic ${shellQuote(writes)}`)]),
  ];
}
