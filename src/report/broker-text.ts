/** The answer of `broker` for people. */
import type { ChalkInstance } from 'chalk';
import { visible } from '../text/visible.js';
import { wrap } from '../text/wrap.js';

interface BrokerDocument {
  clusterArn: string | null;
  auth: string | null;
  port: number | null;
  bootstrapBrokers: readonly string[];
  because: string;
  alternatives: readonly { auth: string; bootstrapBrokers: readonly string[]; usable: boolean; because: string }[];
}

/** Broker lists are not wrapped, so that they can be copied. */
export function renderBroker(
  document: BrokerDocument,
  { colour, columns }: { colour: ChalkInstance; columns: number },
): string {
  const { auth, port, bootstrapBrokers, because, alternatives } = document;
  const prose = (text: string, indent = 0): string => wrap(visible(text), { columns, indent, hang: 2 });
  if (auth === null) return prose(`The bootstrap brokers of ${document.clusterArn ?? 'the mapping'} ${because}.`);
  const picked =
    bootstrapBrokers.length === 0
      ? [prose(`Lambda would use ${auth}, because ${because}, but the cluster gives no bootstrap brokers for it.`)]
      : [
          prose(`Lambda uses ${auth} on port ${port}, because ${because}.`).replace(auth, colour.bold(auth)),
          '',
          `  ${visible(bootstrapBrokers.join(','))}`,
        ];
  const others = alternatives.flatMap((alternative) => [
    '',
    prose(`${alternative.auth} (${alternative.usable ? 'usable' : 'not used'}: ${alternative.because})`, 2),
    `  ${colour.dim(visible(alternative.bootstrapBrokers.join(',')))}`,
  ]);
  return [...picked, ...(others.length === 0 ? [] : ['', 'The cluster’s other bootstrap brokers:', ...others])].join(
    '\n',
  );
}
