/**
 * template.replacement: the deployment and the mappings that exist. CloudFormation creates the replacement before it
 * deletes the old mapping, and Lambda accepts no second mapping of the same function, source and topic. Terraform
 * deletes the old mapping first, unless `create_before_destroy` is set.
 */
import type { Mapping } from '../../snapshot/resources/index.js';
import { hasSymbol } from '../../snapshot/symbols.js';
import { changesThatReplace, mappingsOf } from '../existing-mapping.js';
import type { JudgeTemplate, TemplateFault } from './template-check.js';

export const judgeReplacement: JudgeTemplate = (planned, { deployment, standing }) => {
  if (standing === null) return [];
  const { resource, mapping } = planned;
  const isTerraform = resource.format === 'terraform';
  const fault = (status: TemplateFault['status'], property: string, title: string, fix: string): TemplateFault => ({
    check: 'template.replacement',
    status,
    title,
    evidence: [],
    location: resource.locate(resource.properties[property] === undefined ? [] : ['Properties', property]),
    related: [],
    fix,
  });
  const topicStays = (other: Mapping, beginning: string) =>
    fault(
      'warn',
      'Topics',
      `${beginning} its topic stays ${other.Topics[0] ?? 'as it is'}: Topics of an existing mapping cannot be changed`,
      `Give the resource a new name, so that a second mapping is created, or run msk-lambda recreate ${other.UUID} --topic ${mapping.Topics[0] ?? 'TOPIC'}.`,
    );
  const existing = deployment.existing(planned);
  if (existing !== null) {
    const { mapping: other } = existing;
    // A mapping of another source does not collide with the old one.
    if (other.EventSourceArn !== mapping.EventSourceArn) return [];
    const isSameTopic = other.Topics[0] === mapping.Topics[0] || hasSymbol(mapping.Topics[0] ?? '');
    // Terraform replaces a mapping whose topic changes; the two do not collide.
    if (!isSameTopic)
      return isTerraform ? [] : [topicStays(other, `${resource.address} is ${other.UUID}, and after the update`)];
    if (isTerraform && resource.isCreatedFirst !== true) return [];
    return changesThatReplace(other, mapping).map(({ property, before, after }) =>
      fault(
        'fail',
        property,
        `${resource.address} replaces ${other.UUID}, which blocks it: ${property} changes from ${before} to ${after}`,
        isTerraform
          ? `Keep ${property} as it is, or remove create_before_destroy.`
          : `Keep ${property} as it is, or run msk-lambda recreate ${other.UUID} first.`,
      ),
    );
  }
  const [other, second] = mappingsOf(standing).filter(
    (candidate) => candidate.FunctionArn === mapping.FunctionArn && candidate.EventSourceArn === mapping.EventSourceArn,
  );
  return other === undefined || second !== undefined || isTerraform
    ? []
    : [topicStays(other, `If ${resource.address} is ${other.UUID},`)];
};
