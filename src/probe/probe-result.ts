/** What a probe did and learned: for each broker the steps with their times, then topic, group and the answer. */
import type { AuthMethod } from '../aws/msk.js';

/** The steps in the order in which a poller takes them. */
export const probeSteps = [
  'dns',
  'tcp',
  'tls',
  'client-certificate',
  'api-versions',
  'sasl',
  'metadata',
  'topic',
  'coordinator',
  'group-describe',
  'group-join',
  'offsets',
  'fetch',
] as const;
export type ProbeStep = (typeof probeSteps)[number];

/** What is known of a step that did not end well. */
export interface StepProblem {
  /** Kafka's error number; null where Kafka gave none. */
  code: number | null;
  /** Kafka's name of the error, `TIMEOUT`, `CLOSED`, `NOT_KAFKA`, `MALFORMED`, or the code of Node or OpenSSL. */
  name: string;
  /** One sentence without a period; never a secret value. */
  because: string;
}

export interface StepResult {
  step: ProbeStep;
  status: 'ok' | 'failed' | 'skipped' | 'warned';
  /** Milliseconds that the step took; 0 for one that was skipped. */
  ms: number;
  code: number | null;
  name: string | null;
  because: string | null;
}

export interface BrokerResult {
  /** HOST:PORT, a bootstrap address or an advertised one. */
  address: string;
  /** The node's id, where metadata named it. */
  node: number | null;
  steps: StepResult[];
}

export interface PartitionResult {
  id: number;
  /** The leader's node id; null for a partition without a leader. */
  leader: number | null;
  offsets: { first: number; last: number } | null;
  committed: number | null;
  lag: number | null;
}

export interface GroupResult {
  id: string;
  state: string | null;
  members: number | null;
  protocol: string | null;
}

/** The record that `fetch` read: sizes only, unless the user asked for its content. */
export interface RecordResult {
  partition: number;
  offset: number;
  timestamp: number;
  /** Null for a record without a key, and where the codec cannot be opened here. */
  keyBytes: number | null;
  /** Null for a tombstone, and where the codec cannot be opened here. */
  valueBytes: number | null;
  /** 0 also where the codec cannot be opened here. */
  headers: number;
  /** False where the batch is compressed by a codec that cannot be opened here: sizes of key and value are unknown. */
  opened: boolean;
  /** `none`, `gzip`, `snappy`, `lz4`, `zstd` or `unknown`: how the batch is compressed. */
  codec: string;
  /** Bytes of the batch that holds the record, as the broker sent it. */
  batchBytes: number;
  /** Base64; null unless the user asked for it. */
  key?: string | null;
  value?: string | null;
}

/** What the certificates of a broker said, for the texts of findings. */
export interface ServerCertificate {
  subject: string;
  issuer: string;
  names: string[];
  notAfter: string;
}

export interface ProbeResult {
  auth: AuthMethod;
  verdict: 'reaches' | 'blocked' | 'unknown';
  stoppedAt: ({ broker: string; step: ProbeStep } & StepProblem) | null;
  brokers: BrokerResult[];
  topic: { name: string; partitions: PartitionResult[] | null } | null;
  group: GroupResult | null;
  /** What the checks need beyond the document: facts of the answers, no secret values. */
  facts: {
    /** SASL mechanisms that the broker offered, where the requested one was refused. */
    offeredMechanisms: string[] | null;
    /** The principal as Kafka sees it: `User:name`, `User:CN=…` in RFC 2253 order, or the IAM ARN; null unknown. */
    principal: string | null;
    /** What a port that is not Kafka spoke. */
    notKafka: 'HTTP' | 'SSH' | 'TLS' | 'other' | null;
    serverCertificate: ServerCertificate | null;
    /** The longest throttle time that a broker answered with, in milliseconds. */
    throttledMs: number;
    record: RecordResult | null;
    /** Sentences for the user that belong to no step, such as that `__consumer_offsets` may have been created. */
    notes: string[];
  };
}
