/** Secrets and keys as they will be. Of a secret's content only the profile is kept. */
import { parseArn } from '../../aws/arn.js';
import { scramPrefix } from '../../aws/msk.js';
import { profileSecret } from '../../secrets/profile.js';
import { ok } from '../../snapshot/read.js';
import { beginOfSymbol, hasSymbol } from '../../snapshot/symbols.js';
import { isObject, type Json, type JsonObject } from '../resource.js';
import { booleanOf, memberOf, objectsOf, textOf, type Deploying } from './deploying.js';
import { hasOpen, isOpen } from './undecided.js';
import { documentText } from './iam.js';

export function addSecrets(deploying: Deploying): void {
  const { snapshot } = deploying;
  for (const { arn, properties } of deploying.all('AWS::SecretsManager::Secret')) {
    const key = textOf(properties['KmsKeyId']);
    snapshot.secrets[arn!] = ok({
      ARN: arn!,
      Name: nameOf(deploying, properties, arn),
      ...(key === undefined ? {} : { KmsKeyId: key }),
    });
    const content = contentOf(properties);
    if (content !== undefined) snapshot.secretProfiles[arn!] = ok(profileSecret({ text: content }));
    const policy = deploying
      .all('AWS::SecretsManager::ResourcePolicy')
      .find(({ properties: { SecretId: secret } }) => secret === arn);
    snapshot.secretPolicies[arn!] = ok(policy === undefined ? '' : documentText(policy.properties['ResourcePolicy']));
  }
}

/** A name that is not known may have the prefix that MSK requires. A generated name begins with the logical id. */
function nameOf(deploying: Deploying, { Name: given }: JsonObject, arn: string | null): string | undefined {
  const name = textOf(given);
  if (name !== undefined && beginOfSymbol(name) === 0 && deploying.allowsUndecided()) return `${scramPrefix}${name}`;
  return name ?? parseArn(arn ?? undefined)?.resource.replace(/^secret:/, '');
}

/** The ARN of a secret that a property names. One outside the input is a complete ARN of which nothing is known. */
export function secretArn(deploying: Deploying, value: string): string {
  if (!isOpen(value)) return value;
  const { partition, region, account } = deploying.scope;
  return `arn:${partition}:secretsmanager:${region}:${account}:secret:${deploying.allowsUndecided() ? scramPrefix : ''}${value}-000000`;
}

/** Undefined where the content is not in the template, or a part of it is not known. */
function contentOf(properties: JsonObject): string | undefined {
  const literal = properties['SecretString'];
  if (literal !== undefined) return whollyKnown(documentText(literal));
  const template = textOf(memberOf(properties, 'GenerateSecretString', 'SecretStringTemplate'));
  const generated = textOf(memberOf(properties, 'GenerateSecretString', 'GenerateStringKey'));
  if (template === undefined || generated === undefined || whollyKnown(template) === undefined) return undefined;
  if (hasSymbol(generated)) return undefined;
  try {
    // Secrets Manager adds the generated text under this key.
    return JSON.stringify({ ...(JSON.parse(template) as object), [generated]: 'generated0Text' });
  } catch {
    return template;
  }
}

const whollyKnown = (text: string): string | undefined => (hasSymbol(text) ? undefined : text);

export function addKeys(deploying: Deploying): void {
  const { snapshot } = deploying;
  const aliases = deploying.all('AWS::KMS::Alias');
  for (const { id, arn, properties } of deploying.all('AWS::KMS::Key')) {
    const isEnabled = booleanOf(properties['Enabled']) ?? true;
    const names = [
      id,
      arn!,
      ...aliases
        .filter(({ properties: { TargetKeyId: target } }) => target === id || target === arn)
        .flatMap((alias) => [alias.id, aliasArn(arn!, alias.id)]),
    ];
    for (const name of names) {
      snapshot.keys[name] = ok({
        KeyId: id,
        Arn: arn!,
        KeyState: isEnabled ? 'Enabled' : 'Disabled',
        Enabled: isEnabled,
        KeyManager: 'CUSTOMER',
        KeySpec: textOf(properties['KeySpec']) ?? 'SYMMETRIC_DEFAULT',
        KeyUsage: textOf(properties['KeyUsage']) ?? 'ENCRYPT_DECRYPT',
      });
      snapshot.keyPolicies[name] = ok(keyPolicy(properties['KeyPolicy'], deploying));
    }
  }
}

const aliasArn = (keyArn: string, alias: string): string => keyArn.replace(/key\/.*$/, alias);

/** A key without a policy has the default one (KMS developer guide: default key policy). */
const keyPolicy = (policy: Json | undefined, deploying: Deploying): string => {
  const { partition, account } = deploying.scope;
  // A principal that is not known may be the account.
  return policy === undefined || policy === null || (principalsOf(policy).some(hasOpen) && deploying.allowsUndecided())
    ? JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: `arn:${partition}:iam::${account}:root` },
            Action: 'kms:*',
            Resource: '*',
          },
        ],
      })
    : documentText(policy);
};

const principalsOf = (policy: Json): (Json | undefined)[] =>
  isObject(policy) ? objectsOf(policy['Statement']).map((statement) => statement['Principal']) : [];
