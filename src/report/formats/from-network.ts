/** The paths of `network` as findings: one for each component that the paths lead through. */
import type { PathAnswer } from '../../network/answer.js';
import type { AwsCall } from '../../aws/call.js';
import { answerOf, checkOf, toNetworkDocument } from '../documents/network.js';
import { toJsonLines } from '../json.js';
import { withName } from '../resource-mentions.js';
import { resourceNamesOf, type ResourceNames } from '../../snapshot/resource-names.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { visible } from '../../text/visible.js';
import type { MappingPaths } from '../network-text.js';
import type { Report, ReportFinding, ReportMapping } from './report.js';
import { withUnread } from './unread.js';

/** What `network` has evaluated; `whatIf`: the changes and the paths after them. */
export interface NetworkResult {
  snapshot: Snapshot;
  now: readonly MappingPaths[];
  whatIf: { changes: readonly AwsCall[]; after: readonly MappingPaths[] } | null;
  /** Why AWS could not be read. */
  trouble: string | null;
}

/** With changes of `--what-if`, the findings are those after them. `text`: the answer for people. */
export function reportOfNetwork(
  { snapshot, now, whatIf, trouble }: NetworkResult,
  tool: Report['tool'],
  text: Report['text'],
): Report {
  const names = resourceNamesOf(snapshot);
  const shown = whatIf?.after ?? now;
  return withUnread({
    command: 'network',
    tool,
    capturedAt: snapshot.capturedAt,
    account: snapshot.account,
    region: snapshot.region,
    trouble: trouble === null ? [] : [trouble],
    get mappings() {
      return mappingsOfPaths(shown, names);
    },
    findings: [],
    source: { command: 'network', snapshot, now, after: whatIf?.after ?? null },
    text,
    json: () => toNetworkDocument(now, whatIf, names),
    *jsonl() {
      yield* toJsonLines(shown, (mapping) => ({
        mapping: mapping.uuid,
        answer: answerOf(mapping),
        by: checkOf(mapping),
        ...toNetworkDocument([mapping], null, names),
      }));
      const count = (answer: PathAnswer['answer']) => shown.filter((mapping) => answerOf(mapping) === answer).length;
      const summary = { reaches: count('reaches'), blocked: count('blocked'), unknown: count('unknown') };
      yield* toJsonLines([{ summary, ...(whatIf === null ? {} : { changes: whatIf.changes }) }], (line) => line);
    },
  });
}

const verdictOf = { reaches: 'healthy', blocked: 'broken', unknown: 'unknown' } as const;

/** The mappings with a finding for each check of the network. */
const mappingsOfPaths = (mappings: readonly MappingPaths[], names: ResourceNames): ReportMapping[] =>
  mappings.map((mapping) => {
    const answer = answerOf(mapping);
    const cause = checkOf(mapping);
    return {
      id: mapping.uuid,
      name: visible(mapping.title),
      region: names.region,
      functionId: null,
      sourceId: mapping.cluster,
      verdict: verdictOf[answer],
      answer: sentenceOf(mapping),
      lastProcessingResult: null,
      error: null,
      causes: answer === 'blocked' && cause !== null ? [cause] : [],
      findings: findingsOf(mapping, names),
      location: null,
      isKnown: false,
    };
  });

function sentenceOf(mapping: MappingPaths): string {
  const { paths, because } = mapping;
  if (because !== null) return `unknown: ${visible(because)}`;
  const count = (answer: PathAnswer['answer']) => paths.filter((path) => path.answer === answer).length;
  switch (answerOf(mapping)) {
    case 'reaches':
      return 'the pollers reach every destination';
    case 'blocked':
      return `${count('blocked')} of ${paths.length} paths are blocked`;
    case 'unknown':
      return `${count('unknown')} of ${paths.length} paths could not be decided`;
  }
}

function findingsOf(mapping: MappingPaths, names: ResourceNames): ReportFinding[] {
  const components = [...new Set(mapping.paths.flatMap((path) => path.components.map(({ component }) => component)))];
  const isBlocked = answerOf(mapping) === 'blocked';
  return components.toSorted().map((component): ReportFinding => {
    const by = (answer: PathAnswer['answer']) =>
      mapping.paths.filter((path) => path.by === component && path.answer === answer);
    const blocked = by('blocked');
    const open = [...blocked, ...by('unknown')];
    const risky = mapping.paths.filter((path) =>
      path.components.some((judged) => judged.component === component && judged.status === 'warn'),
    );
    // Where one placement is blocked and another is not, AWS does not document which one Lambda uses.
    const [status, paths, label] =
      isBlocked && blocked.length > 0
        ? (['fail', blocked, 'Blocked'] as const)
        : open.length > 0
          ? (['unknown', open, 'Could not decide'] as const)
          : risky.length > 0
            ? (['warn', risky, 'At risk'] as const)
            : (['pass', [], 'Passed'] as const);
    return {
      check: `network.${component}`,
      status,
      severity: status === 'warn' ? 'warning' : 'error',
      title: paths.length === 0 ? 'blocks no path' : `${label}: ${paths.map(routeOf).join(', ')}`,
      evidence: evidenceOf(paths, component, names),
      fixes: [],
      location: null,
      related: [],
      suppression: null,
      isKnown: false,
    };
  });
}

const routeOf = ({ from, to, port }: PathAnswer): string =>
  `${from} to ${to.kind === 'service' ? to.service : `${to.kind} in ${to.subnetId}`} on TCP ${port}`;

function evidenceOf(paths: readonly PathAnswer[], component: PathAnswer['by'], names: ResourceNames) {
  const facts = paths.flatMap((path) =>
    path.components
      .filter((judged) => judged.component === component)
      .flatMap(({ facts: known, missing }) => [
        ...known.map((fact) => withName(fact, names)),
        ...missing.map(({ action, resource, error }) => ({
          resource: resource ?? action,
          fact: `${action} was not answered to your credentials: ${error}`,
        })),
      ]),
  );
  return [...new Map(facts.map((fact) => [JSON.stringify(fact), fact])).values()];
}
