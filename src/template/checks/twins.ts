/** Two mappings of one template that Lambda does not accept beside each other. */
import type { Location } from '../location.js';
import type { TemplateResource } from '../resource.js';
import type { JudgeTemplate, TemplateFault } from './template-check.js';

/**
 * Lambda accepts one mapping of a cluster, function and topic, and rejects the second with ResourceConflictException
 * (Lambda API: CreateEventSourceMapping). Mappings of several files may be for several accounts or regions. Symbols that
 * are equal stand for equal values.
 */
export const judgeTwins: JudgeTemplate = ({ resource, mapping }, { deployment }) => {
  const [topic] = mapping.Topics;
  const { EventSourceArn: source, FunctionArn: functionArn } = mapping;
  if (topic === undefined || source === undefined || functionArn === undefined) return [];
  const at = resource.locate([]);
  const before = deployment.mappings.slice(
    0,
    deployment.mappings.findIndex((planned) => planned.resource === resource),
  );
  const twin = before.find(
    ({ resource: other, mapping: { EventSourceArn, FunctionArn, Topics } }) =>
      EventSourceArn === source &&
      FunctionArn === functionArn &&
      Topics[0] === topic &&
      areDeployedTogether(other, resource),
  );
  if (twin === undefined) return [];
  const { address } = twin.resource;
  const fault: TemplateFault = {
    check: 'template.refused',
    status: 'fail',
    title: `Lambda will reject ${resource.address}: ${address} has the same cluster, function and topic`,
    evidence: [],
    location: at,
    related: [twin.resource.locate([])],
    fix: `Remove one of the two mappings, or give ${resource.address} another topic.`,
  };
  return [fault];
};

/** Whether one deployment certainly creates both, and equal symbols in them are of the same values. */
export function areDeployedTogether(a: TemplateResource, b: TemplateResource): boolean {
  const [placeA, placeB] = [a.locate([]), b.locate([])];
  return (
    a.isCertain &&
    b.isCertain &&
    (b.format === 'terraform' || placeA.file === placeB.file) &&
    (!isSamePlace(placeA, placeB) || withoutIndex(a.address) === withoutIndex(b.address))
  );
}

const isSamePlace = (a: Location, b: Location): boolean => a.file === b.file && a.line === b.line;

/** Instances of one resource block. The same block in two modules or nested stacks may differ by what they are given. */
const withoutIndex = (address: string): string => address.replace(/\[[^\]]{0,200}\]$/, '');
