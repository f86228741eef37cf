import { mappingWithoutSecret, readBrokers } from '../../../account/scopes/brokers.js';
import { renderBroker } from '../../../report/broker-text.js';
import { visible } from '../../../text/visible.js';
import { isOk } from '../../../snapshot/read.js';
import type { Snapshot } from '../../../snapshot/snapshot.js';
import { brokerAnswer, type BrokerAnswer } from '../../../subject/broker-answer.js';
import type { Fact } from '../../../subject/fact.js';
import { subjectOf } from '../../../subject/subject.js';
import { printAnswer } from '../../print-answer.js';
import type { BrokerOptions } from './options.js';
import type { Call } from '../../define-command.js';
import { exitCodes } from '../../exit-codes.js';
import type { Io } from '../../io.js';
import { openClients, sayTrouble, type Source } from '../../open-account.js';
import { loadSnapshot } from '../../load-snapshot.js';
import { UsageError } from '../../../errors.js';
import { tool } from '../../version.js';

export async function run({ args: [target = ''], options, io }: Call<BrokerOptions>): Promise<number> {
  const { snapshot, trouble } = await readSourceOf(target, options, io);
  io.signal.throwIfAborted();
  const [uuid = ''] = snapshot.targets;
  const answer = brokerAnswer(subjectOf(snapshot, uuid));
  sayTrouble(io, trouble);
  if (answer.is === 'not-applicable') throw new UsageError(`${target}: ${answer.because}`);
  const document = answer.is === 'known' ? answer.value : notKnown(snapshot, uuid, answer);
  await printAnswer(io, options, {
    text: () => (options.quiet === true ? document.bootstrapBrokers.join(',') : renderBroker(document, io)),
    json: () => document,
  });
  if (document.auth === null) return exitCodes.cannotTell;
  if (options.auth !== undefined && options.auth !== document.auth) {
    io.stderr.write(`Lambda selects ${document.auth}, not ${options.auth}: ${visible(document.because)}.\n`);
    return exitCodes.problem;
  }
  return document.bootstrapBrokers.length === 0 ? exitCodes.problem : exitCodes.ok;
}

/** The same members, with null for what could not be read. */
export type BrokerDocument =
  | BrokerAnswer
  | {
      clusterArn: string | null;
      auth: null;
      port: null;
      bootstrapBrokers: string[];
      because: string;
      alternatives: BrokerAnswer['alternatives'];
    };

function notKnown(
  snapshot: Snapshot,
  uuid: string,
  answer: Extract<Fact<BrokerAnswer>, { is: 'unread' }>,
): BrokerDocument {
  const mapping = snapshot.mappings[uuid];
  const clusterArn = mapping !== undefined && isOk(mapping) ? (mapping.value.EventSourceArn ?? null) : null;
  const because = answer.missing.map(({ action, error }) => `${action}: ${error}`).join('; ');
  return {
    clusterArn,
    auth: null,
    port: null,
    bootstrapBrokers: [],
    because: `could not be read: ${because}`,
    alternatives: [],
  };
}

async function readSourceOf(target: string, options: BrokerOptions, io: Io): Promise<Source> {
  if (options.snapshot !== undefined) return { snapshot: await fromFile(target, options.snapshot), trouble: null };
  return readBrokers({ clients: await openClients(options, io), target, tool, now: new Date() });
}

/** For a snapshot: its mappings, and each cluster that it holds. */
async function fromFile(target: string, path: string): Promise<Snapshot> {
  const whole = await loadSnapshot(path);
  const cluster = Object.entries(whole.clusters).find(
    ([arn, read]) => arn === target || (isOk(read) && read.value.ClusterName === target),
  );
  if (cluster === undefined) return loadSnapshot(path, [target]);
  const mapping = mappingWithoutSecret(cluster[0]);
  return {
    ...whole,
    mappings: { ...whole.mappings, [mapping.UUID]: { outcome: 'ok', value: mapping } },
    targets: [mapping.UUID],
  };
}
