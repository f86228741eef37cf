import { clusterNameOf } from '../../../aws/event-source.js';
import { isWithoutMapping } from '../../../account/scopes/brokers.js';
import type { PathAnswer } from '../../../network/answer.js';
import { reachability } from '../../../network/reachability.js';
import { egressOptions } from '../../../network/egress-options.js';
import { renderNetwork, type MappingPaths } from '../../../report/network-text.js';
import { isOk } from '../../../snapshot/read.js';
import type { Snapshot } from '../../../snapshot/snapshot.js';
import { subjectOf } from '../../../subject/subject.js';
import { giveAnswer } from '../../answer.js';
import type { NetworkOptions } from './options.js';
import type { Call } from '../../define.js';
import { exitCodes } from '../../exit-codes.js';
import { parseWhatIf, playAll } from '../../../network/what-if/parse.js';
import { readNetworkSource } from './source.js';

export async function run({ args, options, io }: Call<NetworkOptions>): Promise<number> {
  const { snapshot, trouble } = await readNetworkSource(args, options, io);
  const now = mappingsOf(snapshot);
  const changes =
    options.whatIf === undefined
      ? null
      : await parseWhatIf(options.whatIf, { snapshot, placements: now.flatMap(({ placements }) => placements) });
  const then = changes === null ? null : mappingsOf(playAll(snapshot, changes));
  // What was asked is what would be.
  const asked = then ?? now;
  await giveAnswer(io, options, {
    text: () => {
      if (options.quiet === true)
        return asked.map((mapping) => [mapping.uuid, answerOf(mapping), by(mapping) ?? '-'].join(' ')).join('\n');
      return trouble !== null && now.length === 0
        ? ''
        : renderNetwork(now, then, { ...io, explain: options.explain === true || options.verbose === true });
    },
    json: () => ({
      paths: now.flatMap(toJsonPaths),
      waysOut: asked.flatMap(({ uuid, offers }) => offers.map((offer) => ({ mapping: uuid, ...offer }))),
      undecided: asked.flatMap(({ uuid, because }) => (because === null ? [] : [{ mapping: uuid, because }])),
      ...(changes === null || then === null ? {} : { whatIf: { changes, paths: then.flatMap(toJsonPaths) } }),
    }),
  });
  const answers = asked.map(answerOf);
  if (answers.includes('blocked')) return exitCodes.problem;
  return trouble !== null || answers.includes('unknown') ? exitCodes.cannotTell : exitCodes.ok;
}

function mappingsOf(snapshot: Snapshot): MappingPaths[] {
  return snapshot.targets.map((uuid) => {
    const { network, pollers } = subjectOf(snapshot, uuid);
    const base = {
      uuid,
      title: titleOf(snapshot, uuid),
      placements: pollers.is === 'known' ? pollers.value.placements : [],
    };
    if (network.is !== 'known')
      return {
        ...base,
        paths: [],
        offers: [],
        because:
          network.is === 'not-applicable'
            ? network.because
            : network.missing.map(({ action, error }) => `${action}: ${error}`).join('; '),
      };
    const { question, reads } = network.value;
    const { paths } = reachability(reads, question);
    return {
      ...base,
      paths,
      offers: isWithoutMapping(uuid)
        ? egressOptions(reads, question, paths).map((offer) =>
            offer.way === 'provisioned-pollers' ? { ...offer, changes: [] } : offer,
          )
        : egressOptions(reads, question, paths),
      because: null,
    };
  });
}

function titleOf(snapshot: Snapshot, uuid: string): string {
  if (!isWithoutMapping(uuid)) return uuid;
  const mapping = snapshot.mappings[uuid];
  const { EventSourceArn: arn = '', SourceAccessConfigurations: [secret] = [] } =
    mapping !== undefined && isOk(mapping) ? mapping.value : {};
  return `${clusterNameOf(arn) ?? arn}, for a mapping that is not made yet${secret === undefined ? '' : ` and names a secret under ${secret.Type}`}`;
}

/** A block counts where all placements have one: of several nobody says which Lambda takes. */
function answerOf({ paths, placements, because }: MappingPaths): PathAnswer['answer'] {
  if (because !== null) return 'unknown';
  const blocked = new Set(paths.filter(({ answer }) => answer === 'blocked').map(({ placement }) => placement));
  if (blocked.size > 0) return blocked.size === placements.length ? 'blocked' : 'unknown';
  return paths.some(({ answer }) => answer === 'unknown') ? 'unknown' : 'reaches';
}

const by = (mapping: MappingPaths): string | null => {
  const answer = answerOf(mapping);
  const component = mapping.paths.find((path) => path.answer === answer)?.by ?? null;
  return component === null ? null : `network.${component}`;
};

const toJsonPaths = ({ uuid, paths }: MappingPaths) =>
  paths.map(({ from, to, port, answer, by: component, hops, components }) => ({
    mapping: uuid,
    from,
    to: to.kind === 'service' ? to.service : `${to.kind}:${to.subnetId}`,
    port,
    answer,
    by: component === null ? null : `network.${component}`,
    evidence: components
      .filter((one) => one.component === component)
      .flatMap(({ facts, missing }) => [
        ...facts,
        ...missing.map(({ action, resource, error }) => ({
          resource: resource ?? action,
          fact: `${action} was not answered to your credentials: ${error}`,
        })),
      ]),
    hops,
  }));
