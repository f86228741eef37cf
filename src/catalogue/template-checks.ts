/** The checks that only `lint` runs: on a template, not on a mapping that exists. Their ids are public as well. */

export const templateCheckIds = [
  'template.syntax',
  'template.policy-document',
  'template.void-action',
  'template.refused',
  'template.creation-order',
  'template.replacement',
  'template.open-to-world',
  'template.suppression',
] as const;
export type TemplateCheckId = (typeof templateCheckIds)[number];

/** What is fixed for a check on templates. */
export interface TemplateCheck {
  id: TemplateCheckId;
  /** The failing state in a few words, for lists. */
  title: string;
  severity: 'warning' | 'error';
  stage: 'mapping' | 'role' | 'network';
  /** How to recognise it by hand, without a period. */
  indicator: string;
  docs: readonly `https://docs.aws.amazon.com/${string}`[];
}

/** In the order of the ids. */
export const templateChecks: readonly TemplateCheck[] = [
  {
    id: 'template.syntax',
    title: 'A key is written twice in the template, so only the last value counts',
    severity: 'error',
    stage: 'mapping',
    indicator: 'the same key appears twice in one mapping of the file',
    docs: ['https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html'],
  },
  {
    id: 'template.policy-document',
    title: 'A policy in the template is not JSON, or IAM does not accept it',
    severity: 'error',
    stage: 'role',
    indicator: 'the deployment stops with MalformedPolicyDocument',
    docs: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html'],
  },
  {
    id: 'template.void-action',
    title: 'A policy of the execution role names an action that does not exist or grants nothing',
    severity: 'warning',
    stage: 'role',
    indicator: 'the action is not in the list of the service, or its resource type is not that of the ARNs',
    docs: ['https://docs.aws.amazon.com/msk/latest/developerguide/kafka-actions.html'],
  },
  {
    id: 'template.refused',
    title: 'Lambda will reject the mapping',
    severity: 'error',
    stage: 'mapping',
    indicator: 'CreateEventSourceMapping answers InvalidParameterValueException or ResourceConflictException',
    docs: ['https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html'],
  },
  {
    id: 'template.creation-order',
    title: 'The mapping can be created before something that it needs',
    severity: 'warning',
    stage: 'mapping',
    indicator: 'neither a reference nor DependsOn leads from the mapping to the resource',
    docs: ['https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-dependson.html'],
  },
  {
    id: 'template.replacement',
    title: 'The change replaces a mapping, and the old mapping blocks the new one',
    severity: 'error',
    stage: 'mapping',
    indicator: 'the change set shows Replacement: True for the mapping, and function, source and topic stay the same',
    docs: [
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html',
    ],
  },
  {
    id: 'template.open-to-world',
    title: 'A rule admits the whole internet where the security group itself is sufficient',
    severity: 'warning',
    stage: 'network',
    indicator: 'an inbound rule of the brokers or of an endpoint has the source 0.0.0.0/0 or ::/0',
    docs: ['https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html'],
  },
  {
    id: 'template.suppression',
    title: 'A suppression has expired, is incomplete, or matches nothing',
    severity: 'warning',
    stage: 'mapping',
    indicator: 'the date after “until” is past, or the finding no longer appears without the comment',
    docs: ['https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/metadata-section-structure.html'],
  },
];
