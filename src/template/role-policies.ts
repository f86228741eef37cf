/** The policies that the templates give to a mapping's execution role, with their places. */
import { documentText, policyAttachment } from './deploy/iam.js';
import { listOf, textOf, textsOf } from './deploy/deploying.js';
import type { DocumentPath } from './location.js';
import { isObject, type Json, type TemplateResource } from './resource.js';

/** What finding a resource needs: references of any kind, and the resources of a type. */
export interface Resources {
  find(reference: string | undefined): TemplateResource | undefined;
  all(...types: readonly string[]): readonly TemplateResource[];
}

export interface WrittenPolicy {
  owner: TemplateResource;
  /** Where the document is written in the owner. */
  path: DocumentPath;
  document: Json;
  /** As IAM stores it. */
  text: string;
}

/** The role of the mapping's function, where the templates create both. */
export function roleOf(mapping: TemplateResource, resources: Resources): TemplateResource | undefined {
  const named = resources.find(textOf(mapping.properties['FunctionName']));
  const target =
    named?.type === 'AWS::Lambda::Alias' || named?.type === 'AWS::Lambda::Version'
      ? resources.find(textOf(named.properties['FunctionName']))
      : named;
  return resources.find(textOf(target?.properties['Role']));
}

/** Inline policies of the role, and policies that other resources give it. */
export function policiesOf(role: TemplateResource, resources: Resources): WrittenPolicy[] {
  const written = (owner: TemplateResource, path: DocumentPath, document: Json | undefined): WrittenPolicy[] =>
    document === undefined ? [] : [{ owner, path, document, text: documentText(document) }];
  const inline = listOf(role.properties['Policies']).flatMap((policy, index) =>
    isObject(policy)
      ? written(role, ['Properties', 'Policies', index, 'PolicyDocument'], policy['PolicyDocument'])
      : [],
  );
  return [
    ...inline,
    ...policyResourcesOf(role, resources).flatMap((owner) =>
      written(owner, ['Properties', 'PolicyDocument'], owner.properties['PolicyDocument']),
    ),
  ];
}

/** Where a statement is written, by its index. The text of the policy must be valid; it has one statement or a list. */
export function statementPath({ path, document, text }: WrittenPolicy, index: number): DocumentPath {
  const written: unknown = isObject(document) ? document : JSON.parse(text);
  const isList = isObject(written) && Array.isArray(written['Statement']);
  return [...path, 'Statement', ...(isList ? [index] : [])];
}

/** Resources that attach a policy to the role. */
export const attachmentsOf = (role: TemplateResource, resources: Resources): TemplateResource[] =>
  resources
    .all(policyAttachment)
    .filter(({ properties }) => textsOf(properties['Roles']).some((name) => name === role.id || name === role.arn));

/** Resources of their own that give the role a policy. */
export const policyResourcesOf = (role: TemplateResource, resources: Resources): TemplateResource[] =>
  resources
    .all('AWS::IAM::Policy', 'AWS::IAM::RolePolicy', 'AWS::IAM::ManagedPolicy')
    .filter(
      ({ id, properties }) =>
        [...textsOf(properties['Roles']), ...textsOf(properties['RoleName'])].includes(role.id) ||
        textsOf(role.properties['ManagedPolicyArns']).includes(id) ||
        attachmentsOf(role, resources).some((attachment) => attachment.properties['PolicyArn'] === id),
    );
