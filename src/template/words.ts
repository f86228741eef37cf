/** Words for the symbols in texts that users read. */
import { isTextSymbol, replaceSymbols, unknownAccount, unknownRegion } from '../snapshot/symbols.js';
import { defaultGroup, defaultNetworkAcl, mainRouteTable } from './cloudformation/identities.js';
import type { ReadTemplates } from './resource.js';

/** The property with the resource's own name; in other types the same property names another resource. */
const nameMembers: Readonly<Record<string, string>> = {
  'AWS::MSK::Cluster': 'ClusterName',
  'AWS::MSK::ServerlessCluster': 'ClusterName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::IAM::Role': 'RoleName',
};

/** Replaces each symbol: by the name of the resource that will have the id, or by what is not known. */
export function wordsFor({ resources, symbols }: ReadTemplates): (text: string) => string {
  const addresses = new Map<string, string>();
  for (const { id, arn, address, type, properties } of resources) {
    addresses.set(id, address);
    if (type === 'AWS::EC2::VPC')
      for (const [given, name] of Object.entries(givenWith(id)))
        if (!addresses.has(given)) addresses.set(given, `${name} of ${address}`);
    const name = properties[nameMembers[type] ?? ''];
    if (typeof name === 'string' && name !== id) addresses.set(name, address);
    const unnamed = arn === null ? null : nameOfSymbols(arn);
    if (unnamed !== null && !addresses.has(unnamed)) addresses.set(unnamed, address);
  }
  return (text) =>
    replaceSymbols(text.replaceAll(openSecret, '$1').replaceAll(newSecret, '$1'), (symbol) => {
      if (symbol === unknownAccount) return 'ACCOUNT';
      if (symbol === unknownRegion) return 'REGION';
      return addresses.get(symbol) ?? symbols.get(symbol) ?? (isTextSymbol(symbol) ? '(known after deployment)' : '*');
    });
}

/** A secret of which only the parameter that names it is known, as src/template/deploy/secrets.ts writes it. */
const openSecret = /arn:[\w-]+:secretsmanager:[\w-]+:\d{12}:secret:(zz0[0-9a-f]{8}0zz)-000000/g;

/** The name of a secret without a name, and the characters that AWS adds. */
const newSecret = /(zz0[0-9a-f]{8}0zz)-zz0[0-9a-f]{8}0zz/g;

/** The symbol for a name that CloudFormation or Terraform generates, at the end of an ARN. */
const nameOfSymbols = (arn: string): string | null =>
  /[:/](zz0[0-9a-f]{8}0zz)(?:-zz0[0-9a-f]{8}0zz|\.fifo)?$/.exec(arn)?.[1] ?? null;

/** What every new VPC has, by id. */
const givenWith = (vpcId: string): Record<string, string> => ({
  [mainRouteTable(vpcId)]: 'main route table',
  [defaultGroup(vpcId)]: 'default security group',
  [defaultNetworkAcl(vpcId)]: 'default network ACL',
});

/** The same for all texts of a value. */
export function inWords<T>(value: T, words: (text: string) => string): T {
  return JSON.parse(
    JSON.stringify(value, (_key, member: unknown) => (typeof member === 'string' ? words(member) : member)),
  ) as T;
}
