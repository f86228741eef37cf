/** Resources of Terraform that set a part of another resource: CloudFormation writes that part inside it. */
import type { Json, JsonObject, TemplateResource } from '../resource.js';
import { items, member } from './resources/translation.js';

/** Types whose properties go into the resource that they name, and how. */
const additions: Record<string, { target: string; into(properties: JsonObject, addition: JsonObject): JsonObject }> = {
  'Terraform::SecretsManager::SecretVersion': {
    target: 'SecretId',
    into: (_, addition) => member('SecretString', addition['SecretString']),
  },
  'Terraform::KMS::KeyPolicy': {
    target: 'KeyId',
    into: (_, addition) => member('KeyPolicy', addition['Policy']),
  },
  'Terraform::EC2::VPCEndpointAddition': {
    target: 'VpcEndpointId',
    into: (properties, addition) =>
      Object.fromEntries(
        Object.entries(addition)
          .filter(([name]) => name !== 'VpcEndpointId')
          .map(([name, value]): [string, Json] =>
            name === 'PolicyDocument' ? [name, value] : [name, [...items(properties[name]), ...items(value)]],
          ),
      ),
  },
};

/** The resources with the additions in them. The additions stay, since others may depend on them. */
export function joinAdditions(resources: readonly TemplateResource[]): TemplateResource[] {
  const joined = resources.map((resource) => ({ ...resource }));
  for (const { type, properties: addition } of resources) {
    const rule = additions[type];
    const target = addition[rule?.target ?? ''];
    if (rule === undefined || typeof target !== 'string') continue;
    for (const resource of joined)
      if (additions[resource.type] === undefined && (resource.id === target || resource.arn === target))
        resource.properties = { ...resource.properties, ...rule.into(resource.properties, addition) };
  }
  return joined;
}
