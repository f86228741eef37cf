/** One connection to a broker of the sandbox, and what all its answers depend on. */
import type { ScramServer, ScramCredential } from '../../kafka/login/scram.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import type { Identities } from '../identities.js';
import type { Authorizer, KafkaResource, Operation, Principal } from './authorizer.js';
import type { KafkaState } from './kafka-state.js';
import type { Listener } from './listeners.js';

/** What the brokers of a cluster share while a command runs. */
export interface ClusterView {
  snapshot(): Snapshot;
  clusterArn: string;
  state: KafkaState;
  authorizer: Authorizer;
  users: ReadonlyMap<string, ScramCredential>;
  identities: Pick<Identities, 'find'>;
  /** The listeners of the same kind, one for each broker. */
  brokers: readonly Listener[];
}

export class Session {
  /** Null before the login on a listener with SASL. */
  principal: Principal | null;
  mechanism: string | null = null;
  scram: ScramServer | null = null;
  /** The login was refused: the broker closes the connection after its answer. */
  refused = false;

  constructor(
    readonly listener: Listener,
    readonly cluster: ClusterView,
    principal: Principal | null,
  ) {
    this.principal = principal;
  }

  get takesSasl(): boolean {
    return this.listener.kind === 'scram' || this.listener.kind === 'iam';
  }

  allows(operation: Operation, resource: KafkaResource): boolean {
    return this.principal !== null && this.cluster.authorizer.allows(this.principal, operation, resource);
  }
}
