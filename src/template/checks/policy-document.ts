/** template.policy-document: policies that IAM, Secrets Manager, KMS or MSK will not accept. */
import { hasSymbol, isSymbol } from '../../snapshot/symbols.js';
import { documentText } from '../deploy/iam.js';
import { listOf, textOf, textsOf } from '../deploy/deploying.js';
import type { DocumentPath } from '../location.js';
import { isObject, type Json, type JsonObject, type TemplateResource } from '../resource.js';
import { policiesOf, roleOf, type WrittenPolicy } from '../role-policies.js';
import type { JudgeTemplate, TemplateFault } from './template-check.js';

/** `identity`: a policy of a role, which names no principal. */
type Kind = 'identity' | 'resource';

/** Properties that are policies of resources. */
const resourcePolicies: Record<string, string> = {
  'AWS::SecretsManager::ResourcePolicy': 'ResourcePolicy',
  'AWS::KMS::Key': 'KeyPolicy',
  'AWS::MSK::ClusterPolicy': 'Policy',
  'AWS::EC2::VPCEndpoint': 'PolicyDocument',
};

export const judgePolicyDocuments: JudgeTemplate = ({ resource: mapping }, { deployment }) => {
  const role = roleOf(mapping, deployment);
  const trust = (role === undefined ? [] : [role]).flatMap((owner) => written(owner, 'AssumeRolePolicyDocument'));
  return [
    ...(role === undefined ? [] : policiesOf(role, deployment)).flatMap((policy) => faultsOf(policy, 'identity')),
    ...trust.flatMap((policy) => faultsOf(policy, 'resource')),
    ...Object.entries(resourcePolicies)
      .flatMap(([type, property]) => deployment.all(type).flatMap((owner) => written(owner, property)))
      .flatMap((policy) => faultsOf(policy, 'resource')),
  ];
};

function written(owner: TemplateResource, property: string): WrittenPolicy[] {
  const document = owner.properties[property];
  return document === undefined || document === null
    ? []
    : [{ owner, path: ['Properties', property], document, text: documentText(document) }];
}

/** A part that is not known before the deployment is no fault. */
function faultsOf({ owner, path, document, text }: WrittenPolicy, kind: Kind): TemplateFault[] {
  const fault = (inner: DocumentPath, fact: string): TemplateFault => ({
    check: 'template.policy-document',
    status: 'fail',
    title: `A policy of ${owner.address} is not valid: ${fact}`,
    evidence: [],
    location: owner.locate([...path, ...inner]),
    related: [],
    fix: 'Correct the policy: the deployment stops with MalformedPolicyDocument.',
  });
  if (isSymbol(document)) return [];
  let policy: unknown = document;
  if (typeof document === 'string')
    try {
      policy = JSON.parse(text);
    } catch {
      return hasSymbol(text) ? [] : [fault([], 'it is not JSON')];
    }
  if (!isObject(policy)) return [fault([], 'it is not an object')];
  const version = policy['Version'];
  const versionFaults =
    version === undefined || isSymbol(version) || versions.has(textOf(version)?.slice(0, 10) ?? '')
      ? []
      : [fault(['Version'], `Version “${textOf(version)}” does not exist; use 2012-10-17`)];
  const statement = policy['Statement'];
  if (statement === undefined) return [...versionFaults, fault([], 'it has no Statement')];
  return [
    ...versionFaults,
    ...listOf(statement).flatMap((each, index) => {
      const at: DocumentPath = Array.isArray(statement) ? ['Statement', index] : ['Statement'];
      if (isSymbol(each)) return [];
      const faults = isObject(each)
        ? statementFaults(each, kind)
        : [{ member: [], fact: 'a statement is not an object' }];
      return faults.map(({ member, fact }) => fault(isText(document, owner) ? [] : [...at, ...member], fact));
    }),
  ];
}

/** A text has no places in it, but Terraform's come from jsonencode or a data source, whose arguments have. */
const isText = (document: Json, { format }: TemplateResource): boolean =>
  typeof document === 'string' && format !== 'terraform';

const versions = new Set(['2012-10-17', '2008-10-17']);

function statementFaults(statement: JsonObject, kind: Kind): { member: string[]; fact: string }[] {
  const has = (name: string) => statement[name] !== undefined;
  const effect = statement['Effect'];
  const actions = textsOf(statement['Action'] ?? statement['NotAction']);
  const invalid = actions.find(
    (action) => !isSymbol(action) && !hasSymbol(action) && !/^(?:\*|[\w-]+:[\w*?]+)$/.test(action),
  );
  const both = ['Action', 'Resource', 'Principal'].find((name) => has(name) && has(`Not${name}`));
  const sid = statement['Sid'];
  return [
    ...(effect === 'Allow' || effect === 'Deny' || isSymbol(effect)
      ? []
      : [
          {
            member: has('Effect') ? ['Effect'] : [],
            fact: has('Effect') ? `Effect “${show(effect)}” is neither Allow nor Deny` : 'a statement has no Effect',
          },
        ]),
    ...(has('Action') || has('NotAction') ? [] : [{ member: [], fact: 'a statement has no Action' }]),
    ...(invalid === undefined
      ? []
      : [{ member: ['Action'], fact: `“${invalid}” is not an action: SERVICE:ACTION is expected` }]),
    ...(both === undefined ? [] : [{ member: [both], fact: `a statement has both ${both} and Not${both}` }]),
    ...(kind === 'identity' && !has('Resource') && !has('NotResource')
      ? [{ member: [], fact: 'a statement has no Resource' }]
      : []),
    ...(kind === 'identity' && (has('Principal') || has('NotPrincipal'))
      ? [{ member: ['Principal'], fact: 'a policy of a role names no Principal' }]
      : []),
    ...(kind === 'identity' && typeof sid === 'string' && !hasSymbol(sid) && !/^[A-Za-z0-9]*$/.test(sid)
      ? [{ member: ['Sid'], fact: `Sid “${sid}” may only have letters and digits` }]
      : []),
  ];
}

const show = (value: Json | undefined): string => textOf(value) ?? JSON.stringify(value ?? null);
