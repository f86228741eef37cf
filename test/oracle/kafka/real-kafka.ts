/** Apache Kafka on loopback ports: starts one broker or three in one JVM, commands them, and ends them. */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { serverAuthority } from './certificates.js';
import { classPath, type KafkaVersion } from './class-path.js';
import { brokerProperties, listeners, type Listener } from './properties.js';

/** What a broker counted on one of its listeners. */
export interface LoginCount {
  connections: number;
  open: number;
  accepted: number;
  refused: number;
}

/** A group as the broker describes it. */
export interface GroupSeen {
  state: string;
  type: string;
  protocol: string;
  /** Partitions by member. */
  members: Record<string, string[]>;
  committed: Record<string, number>;
  /** Records that the coordinators have written: of joins, commits and removals. */
  written?: number;
  /** Of the live consumer: its generation or epoch, and how often partitions were given or taken. */
  generation?: number;
  rebalances?: number;
}

export interface RecordWanted {
  key?: string | null;
  /** Text, null for a tombstone, or how many bytes. */
  value: string | number | null;
  headers?: Record<string, string | null>;
}

export interface Rule {
  principal: string;
  resource: 'topic' | 'group' | 'cluster';
  name: string;
  operation: string;
  permission?: 'allow' | 'deny';
  prefixed?: boolean;
}

export interface IamKey {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string | null;
  arn: string;
}

export const iamRegion = 'eu-west-1';

export interface KafkaWanted {
  brokers?: 1 | 3;
  version?: KafkaVersion;
  /** More properties of every broker. */
  properties?: Record<string, string>;
  /** Other ports that brokers advertise, by node id. */
  advertised?: (node: number, ports: Record<Listener, number>) => Partial<Record<Listener, number>>;
}

/** Properties of brokers that keep their partitions on a machine that is too busy for their heartbeats. */
export const unhurried = { 'broker.session.timeout.ms': '120000' };

export class RealKafka {
  readonly #answers = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  #last = 0;
  #complaints = '';

  constructor(
    readonly process: ChildProcess,
    readonly folder: string,
    /** Ports by node id. */
    readonly ports: Record<number, Record<Listener, number>>,
    readonly users: Record<'orders' | 'guest', { username: string; password: string }>,
    readonly key: IamKey,
  ) {
    process.stderr!.setEncoding('utf8').on('data', (text: string) => {
      this.#complaints = (this.#complaints + text).slice(-4000);
    });
    process.once('exit', () => {
      for (const { reject } of this.#answers.values())
        reject(new Error(`the test broker has ended: ${this.#complaints}`));
      this.#answers.clear();
    });
    createInterface({ input: process.stdout! }).on('line', (line) => {
      const { id, is, error } = JSON.parse(line) as { id: number; is?: unknown; error?: string };
      const waiting = this.#answers.get(id);
      this.#answers.delete(id);
      if (error === undefined) waiting?.resolve(is);
      else waiting?.reject(new Error(error));
    });
  }

  /** Sends a line and waits for its answer; the first one, without a command, is number 0. */
  tell<T>(line: Record<string, unknown>): Promise<T> {
    const id = this.#last++;
    return new Promise<T>((resolve, reject) => {
      if (this.process.exitCode !== null) reject(new Error(`the test broker has ended: ${this.#complaints}`));
      this.#answers.set(id, { resolve: resolve as (value: unknown) => void, reject });
      this.process.stdin!.write(`${JSON.stringify({ id, ...line })}\n`);
    });
  }

  /** The listener's address, on the first broker unless another is meant. */
  port(listener: Listener, node = 1): number {
    return this.ports[node]![listener];
  }

  /** `replicas` has the brokers of each partition; a number is that many partitions on the first broker. */
  async createTopic(topic: string, replicas: number | number[][] = 1, config: Record<string, string> = {}) {
    const brokers = typeof replicas === 'number' ? Array.from({ length: replicas }, () => [1]) : replicas;
    await this.tell({ do: 'topic', topic, replicas: brokers, config });
  }

  async produce(
    topic: string,
    partition: number,
    records: readonly RecordWanted[],
    compression: 'none' | 'gzip' | 'snappy' | 'lz4' | 'zstd' = 'none',
  ) {
    await this.tell({ do: 'produce', topic, partition, records, compression });
  }

  /** Deletes the records before an offset. */
  async truncate(topic: string, partition: number, before: number) {
    await this.tell({ do: 'truncate', topic, partition, before });
  }

  /** Until `thaw`, all brokers accept connections, as the system does for them, and say nothing. */
  freeze() {
    this.process.kill('SIGSTOP');
  }

  thaw() {
    this.process.kill('SIGCONT');
  }

  /** The leaders of the partitions, by node id; -1 for none. */
  leaders(topic: string): Promise<number[]> {
    return this.tell<number[]>({ do: 'leaders', topic });
  }

  async allow(...rules: Rule[]) {
    for (const rule of rules) await this.tell({ do: 'acl', add: true, permission: 'allow', ...rule });
  }

  async remove(...rules: Rule[]) {
    for (const rule of rules) await this.tell({ do: 'acl', add: false, permission: 'allow', ...rule });
  }

  /** Makes a user of SCRAM, or gives it another password. */
  async setUser(name: string, password: string) {
    await this.tell({ do: 'user', name, password });
  }

  /** Null removes the quota. */
  async setQuota(user: string, quota: string, value: number | null) {
    await this.tell({ do: 'quota', user, quota, value });
  }

  /** A live member that holds its partitions when this returns. */
  async consume(group: string, topic: string, protocol: 'classic' | 'consumer') {
    await this.tell({ do: 'consume', group, topic, protocol });
  }

  async leave(group: string) {
    await this.tell({ do: 'leave', group });
  }

  async commit(group: string, topic: string, offsets: readonly number[]) {
    await this.tell({ do: 'commit', group, topic, offsets });
  }

  describeGroup(group: string): Promise<GroupSeen> {
    return this.tell<GroupSeen>({ do: 'group', group });
  }

  groups(): Promise<string[]> {
    return this.tell<string[]>({ do: 'groups' });
  }

  /** Counted when the listener's connections have ended, since the broker counts a refusal after it has answered. */
  async logins(listener: Listener, node = 1): Promise<LoginCount> {
    for (;;) {
      const count = (await this.tell<Record<string, LoginCount>>({ do: 'logins' }))[`${node} ${listener}`]!;
      if (count.open === 0) return count;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** The topics that Kafka's own Java client sees; `system` are properties of its JVM, such as the credentials of AWS's library. */
  login(listener: Listener, config: Record<string, string>, system: Record<string, string> = {}): Promise<string[]> {
    return this.tell<string[]>({
      do: 'login',
      system,
      config: {
        'bootstrap.servers': `localhost:${this.port(listener)}`,
        'default.api.timeout.ms': '20000',
        'request.timeout.ms': '10000',
        'ssl.truststore.type': 'PEM',
        'ssl.truststore.certificates': serverAuthority.pem,
        ...config,
      },
    });
  }

  async stopBroker(node: number) {
    await this.tell({ do: 'stop', node });
  }

  async end() {
    const gone = new Promise((resolve) => this.process.once('exit', resolve));
    if (this.process.exitCode === null && this.process.kill('SIGKILL')) await gone;
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Running brokers with the users `orders` and `guest`, and a key of IAM; no topic, and no rule that allows anything. */
export async function startKafka(wanted: KafkaWanted = {}): Promise<RealKafka> {
  for (let attempts = 1; ; attempts++) {
    try {
      return await startOnFreePorts(wanted);
    } catch (error) {
      // Suites that start at the same time may choose the same port.
      if (attempts === 5 || !String(error).includes('Address already in use')) throw error;
    }
  }
}

async function startOnFreePorts(wanted: KafkaWanted): Promise<RealKafka> {
  const path = classPath(wanted.version ?? '4.3.1');
  const folder = mkdtempSync(join(tmpdir(), 'msk-lambda-kafka-'));
  const ids = wanted.brokers === 3 ? [1, 2, 3] : [1];
  const [controllerPort = 0, ...free] = await freePorts(1 + ids.length * (listeners.length + 1));
  const ports = Object.fromEntries(
    ids.map((id) => [id, Object.fromEntries([...listeners, 'INTERNAL'].map((name) => [name, free.pop()]))]),
  ) as Record<number, Record<Listener | 'INTERNAL', number>>;
  const password = secret();
  const kafka = new RealKafka(
    spawn(
      'java',
      [
        '-Xmx512m',
        '-Xshare:auto',
        '-XX:TieredStopAtLevel=1',
        '-Dorg.slf4j.simpleLogger.defaultLogLevel=error',
        '-cp',
        path,
        'TestBroker',
      ],
      { stdio: ['pipe', 'pipe', 'pipe'], cwd: folder },
    ),
    folder,
    ports,
    { orders: { username: 'orders', password: secret() }, guest: { username: 'guest', password: secret() } },
    {
      accessKeyId: `ASIA${secret().toUpperCase().slice(0, 16)}`,
      secretAccessKey: secret(),
      sessionToken: secret(),
      arn: 'arn:aws:sts::123456789012:assumed-role/order-role/probe',
    },
  );
  try {
    await kafka.tell({
      folder,
      nodes: ids.map((id) =>
        brokerProperties({
          id,
          controllerPort,
          controller: id === 1,
          ports: ports[id]!,
          advertised: wanted.advertised?.(id, ports[id]!) ?? {},
          password,
          more: wanted.properties ?? {},
        }),
      ),
      users: Object.values(kafka.users).map((user) => ({ name: user.username, password: user.password })),
      iam: {
        region: iamRegion,
        keys: {
          [kafka.key.accessKeyId]: {
            secret: kafka.key.secretAccessKey,
            token: kafka.key.sessionToken,
            arn: kafka.key.arn,
          },
        },
      },
      client: {
        'bootstrap.servers': `127.0.0.1:${ports[1]!.INTERNAL}`,
        'security.protocol': 'SASL_PLAINTEXT',
        'sasl.mechanism': 'PLAIN',
        'sasl.jaas.config': `org.apache.kafka.common.security.plain.PlainLoginModule required username="broker" password="${password}";`,
      },
    });
    return kafka;
  } catch (error) {
    await kafka.end();
    throw error;
  }
}

const secret = (): string => randomBytes(20).toString('hex');

/** Below the ports that the system gives to outgoing connections, so that none of those takes one meanwhile. */
async function freePorts(count: number): Promise<number[]> {
  const found = new Set<number>();
  while (found.size < count) {
    const port = randomInt(20_000, 32_000);
    if (await isFree(port)) found.add(port);
  }
  return [...found];
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
      .once('error', () => resolve(false))
      .listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
