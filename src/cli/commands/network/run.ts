import { clusterNameOf } from '../../../aws/event-source.js';
import { qualifiedNameOf } from '../../../aws/function-arn.js';
import { isWithoutMapping } from '../../../account/scopes/brokers.js';
import { reachability } from '../../../network/reachability.js';
import { egressOptions } from '../../../network/egress-options.js';
import { answerOf, checkOf } from '../../../report/documents/network.js';
import { renderNetwork, type MappingPaths } from '../../../report/network-text.js';
import { isOk } from '../../../snapshot/read.js';
import { resourceNamesOf } from '../../../snapshot/resource-names.js';
import type { Snapshot } from '../../../snapshot/snapshot.js';
import { subjectOf } from '../../../subject/subject.js';
import { reportOfNetwork } from '../../../report/formats/from-network.js';
import { prepare, targetsOf } from '../../report-files/prepare.js';
import { printReport } from '../../report-files/print-report.js';
import { tool } from '../../version.js';
import type { NetworkOptions } from './options.js';
import type { Call } from '../../define-command.js';
import { exitCodes } from '../../exit-codes.js';
import { parseWhatIf, playAll } from '../../../network/what-if/parse.js';
import { readNetworkSource } from './read-network.js';
import { readWhatIfTexts } from './what-if-texts.js';

export async function run(given: Call<NetworkOptions>): Promise<number> {
  const call = await prepare(given, { reports: true, templates: false });
  const { options, io } = call;
  const args = targetsOf(call);
  const { snapshot, trouble } = await readNetworkSource(args, options, io);
  const now = mappingsOf(snapshot);
  const whatIf = options.whatIf === undefined ? null : await playWhatIf(options.whatIf, snapshot, now);
  // With `--what-if`, the exit code is that of the changed network.
  const asked = whatIf?.after ?? now;
  const names = resourceNamesOf(snapshot);
  await printReport(
    io,
    options,
    reportOfNetwork({ snapshot, now, whatIf, trouble: trouble?.sentence ?? null }, tool, (style) => {
      if (style.isAnswer && options.quiet === true)
        return asked.map((mapping) => [mapping.uuid, answerOf(mapping), checkOf(mapping) ?? '-'].join(' ')).join('\n');
      return trouble !== null && now.length === 0
        ? ''
        : renderNetwork(now, whatIf?.after ?? null, {
            ...style,
            explain: options.explain === true || options.verbose === true,
            names,
          });
    }),
  );
  const answers = asked.map(answerOf);
  if (answers.includes('blocked')) return exitCodes.problem;
  return trouble !== null || answers.includes('unknown') ? exitCodes.cannotTell : exitCodes.ok;
}

async function playWhatIf(texts: readonly string[], snapshot: Snapshot, now: readonly MappingPaths[]) {
  const placements = now.flatMap((mapping) => mapping.placements);
  const changes = parseWhatIf(await readWhatIfTexts(texts), { snapshot, placements });
  return { changes, after: mappingsOf(playAll(snapshot, changes)) };
}

function mappingsOf(snapshot: Snapshot): MappingPaths[] {
  return snapshot.targets.map((uuid) => {
    const { network, pollers } = subjectOf(snapshot, uuid);
    const base = {
      uuid,
      ...titleOf(snapshot, uuid),
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

function titleOf(snapshot: Snapshot, uuid: string): Pick<MappingPaths, 'title' | 'cluster'> {
  const mapping = snapshot.mappings[uuid];
  if (mapping === undefined || !isOk(mapping)) return { title: uuid, cluster: null };
  const {
    EventSourceArn: arn,
    FunctionArn: functionArn,
    Topics: [topic],
    SourceAccessConfigurations: [secret],
  } = mapping.value;
  const cluster = clusterNameOf(arn) ?? arn ?? null;
  if (isWithoutMapping(uuid))
    return { title: `no mapping yet${secret === undefined ? '' : `; one with a ${secret.Type} secret`}`, cluster };
  return { title: `${qualifiedNameOf(functionArn) ?? uuid}${topic === undefined ? '' : ` ← ${topic}`}`, cluster };
}
