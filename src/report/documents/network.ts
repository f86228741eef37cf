/** The JSON document of `network`. */
import type { AwsCall } from '../../aws/call.js';
import { answerOfMapping } from '../../network/placements.js';
import type { PathAnswer } from '../../network/answer.js';
import { noNames, type ResourceNames } from '../../snapshot/resource-names.js';
import type { MappingPaths } from '../network-text.js';
import { withName } from '../resource-mentions.js';

/** The answer for the whole mapping; `unknown` where its pollers' network is unknown. */
export const answerOf = ({ paths, placements, because }: MappingPaths): PathAnswer['answer'] =>
  because === null ? answerOfMapping(paths, placements.length) : 'unknown';

/** The check that explains the answer; null where everything is reachable, or where no path could be judged. */
export function checkOf(mapping: MappingPaths): string | null {
  const answer = answerOf(mapping);
  return checkId(mapping.paths.find((path) => path.answer === answer)?.by ?? null);
}

const checkId = (component: PathAnswer['by']): string | null => (component === null ? null : `network.${component}`);

/** `whatIf`: the same after the changes of `--what-if`; null without it. */
export function toNetworkDocument(
  now: readonly MappingPaths[],
  whatIf: { changes: readonly AwsCall[]; after: readonly MappingPaths[] } | null,
  names: ResourceNames = noNames,
) {
  const pathsOf = (mapping: MappingPaths) => toPaths(mapping, names);
  const asked = whatIf?.after ?? now;
  return {
    paths: now.flatMap(pathsOf),
    waysOut: asked.flatMap(({ uuid, offers }) => offers.map((offer) => ({ mapping: uuid, ...offer }))),
    undecided: asked.flatMap(({ uuid, because }) => (because === null ? [] : [{ mapping: uuid, because }])),
    ...(whatIf === null ? {} : { whatIf: { changes: whatIf.changes, paths: whatIf.after.flatMap(pathsOf) } }),
  };
}

const toPaths = ({ uuid, paths }: MappingPaths, names: ResourceNames) =>
  paths.map(({ from, to, port, answer, by, hops, components }) => ({
    mapping: uuid,
    from,
    to: to.kind === 'service' ? to.service : `${to.kind}:${to.subnetId}`,
    port,
    answer,
    by: checkId(by),
    evidence: components
      .filter(({ component }) => component === by)
      .flatMap(({ facts, missing }) => [
        ...facts.map((fact) => withName(fact, names)),
        ...missing.map(({ action, resource, error }) => ({
          resource: resource ?? action,
          fact: `${action} was not answered to your credentials: ${error}`,
        })),
      ]),
    hops,
  }));
