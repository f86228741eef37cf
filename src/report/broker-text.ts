/** The answer of `broker` for people. */
import type { ChalkInstance } from 'chalk';
import { visible } from './visible.js';

interface BrokerDocument {
  clusterArn: string | null;
  auth: string | null;
  port: number | null;
  bootstrapBrokers: readonly string[];
  because: string;
  alternatives: readonly { auth: string; bootstrapBrokers: readonly string[]; usable: boolean; because: string }[];
}

/** Brokers are never broken over lines: they are there to be copied. */
export function renderBroker(document: BrokerDocument, { colour }: { colour: ChalkInstance }): string {
  const { auth, port, bootstrapBrokers, because, alternatives } = document;
  if (auth === null) return `The bootstrap brokers of ${visible(document.clusterArn ?? 'the mapping')} ${because}.`;
  const picked =
    bootstrapBrokers.length === 0
      ? [`Lambda would pick ${colour.bold(auth)}, because ${because};`, 'but the cluster gives no bootstrap brokers for it.']
      : [`Lambda picks ${colour.bold(auth)} on port ${port}, because ${because}.`, '', `  ${visible(bootstrapBrokers.join(','))}`];
  const others = alternatives.flatMap((one) => ['', `  ${one.auth} (${one.usable ? 'usable' : 'not used'}: ${one.because})`, `  ${colour.dim(visible(one.bootstrapBrokers.join(',')))}`]);
  return [...picked, ...(others.length === 0 ? [] : ['', 'The cluster’s other bootstrap brokers:', ...others])].join('\n');
}
