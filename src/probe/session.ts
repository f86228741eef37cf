/** Connections to the brokers of a cluster that share credentials, limits and the gate of the login. */
import type { SaslLogin } from '../kafka/login/login.js';
import { addressOf, BrokerLink, type ProbeContext } from './broker-link.js';
import { prepareCredentials } from './credential-fault.js';
import { Limits } from './limits.js';
import { LoginGate } from './login-gate.js';
import type { LinkTo } from './poller-steps.js';
import { principalOf } from './principal.js';
import type { ProbeCredentials, ProbeInput } from './probe-input.js';

function saslOf(credentials: ProbeCredentials): SaslLogin | null {
  switch (credentials.kind) {
    case 'scram':
      // The only mechanism of SCRAM that Amazon MSK offers and Lambda uses with it.
      return { mechanism: 'SCRAM-SHA-512', username: credentials.username, password: credentials.password };
    case 'iam':
      return { mechanism: credentials.mechanism, region: credentials.region, ...credentials.credentials };
    default:
      return null;
  }
}

export interface Session {
  context: ProbeContext;
  /** By address. */
  links: ReadonlyMap<string, BrokerLink>;
  linkTo: LinkTo;
  /** Closes the link and forgets it: the next `linkTo` connects again. */
  drop(link: BrokerLink): void;
  close(): void;
}

/** Opens no connection before a link is asked for one. */
export function openSession(input: ProbeInput): Session {
  const limits = new Limits(input.limits, input.signal);
  const { fault, context: tls } = prepareCredentials(input, Date.now());
  const context: ProbeContext = {
    input,
    limits,
    gate: new LoginGate(),
    fault,
    tls,
    sasl: saslOf(input.credentials),
    facts: {
      offeredMechanisms: null,
      principal: principalOf(input.credentials),
      notKafka: null,
      serverCertificate: null,
      throttledMs: 0,
      record: null,
      notes: [],
    },
  };
  const links = new Map<string, BrokerLink>();
  return {
    context,
    links,
    linkTo: (target, node) => {
      const address = addressOf(target);
      const link = links.get(address) ?? new BrokerLink(target, context);
      links.set(address, link);
      link.steps.node ??= node;
      return link;
    },
    drop(link) {
      link.close();
      links.delete(addressOf(link.target));
    },
    close() {
      for (const link of links.values()) link.close();
      limits.close();
    },
  };
}
