/** What is inside the Kafka of an account and in no answer of AWS: ACLs, users, consumer groups, records. */

/** An allowing ACL of a topic or a consumer group, with its literal name. */
export interface KafkaAcl {
  resource: 'topic' | 'group';
  name: string;
  /** `User:NAME`. */
  principal: string;
  operation: 'Describe' | 'Read';
}

export interface KafkaGroup {
  state: string;
  /** `consumer`, `connect`, or another type of Kafka's group protocol. */
  type: string;
  members: number;
  /** Kafka’s name of the assignment strategy. */
  protocol: string;
}

export interface KafkaRecordContent {
  key: string;
  value: Buffer;
}

/** Everything is optional: without it, the state follows from the account. */
export interface KafkaState {
  /** A resource without an ACL is open to everyone (MSK’s default of allow.everyone.if.no.acl.found). */
  acls?: readonly KafkaAcl[];
  /** `forgotten`: no user of an associated secret exists; `changed`: the brokers have other passwords. */
  users?: 'forgotten' | 'changed';
  /** The brokers trust another certificate authority than the one that issued the client certificate. */
  trustsOtherAuthority?: true;
  /** By group id. */
  groups?: Readonly<Record<string, KafkaGroup>>;
  /** Partitions without a leader, by topic. */
  leaderless?: Readonly<Record<string, readonly number[]>>;
  /** By topic, partition and offset: records that differ from the others. */
  records?: Readonly<Record<string, Readonly<Record<number, Readonly<Record<number, KafkaRecordContent>>>>>>;
  /** By topic and partition: the offset that the groups of mappings have committed; otherwise the end. */
  committed?: Readonly<Record<string, Readonly<Record<number, number>>>>;
}
