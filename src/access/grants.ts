/** Grants on a key as equivalent policy statements (KMS developer guide: grants). */
import type { KeyGrant } from '../snapshot/resources/index.js';

/**
 * A policy document that allows what the grants allow; null where there are none. A grant only allows named
 * operations, to a single principal.
 */
export function grantsAsPolicy(grants: readonly KeyGrant[]): string | null {
  const Statement = grants.flatMap(({ GranteePrincipal: grantee, Operations: operations, Constraints: constraints }) =>
    grantee === undefined
      ? []
      : [
          {
            Effect: 'Allow',
            Principal: { AWS: grantee },
            Action: operations.map((name) => `kms:${name}`),
            Resource: '*',
            Condition: conditionOf(constraints?.EncryptionContextSubset ?? {}, constraints?.EncryptionContextEquals),
          },
        ],
  );
  return Statement.length === 0 ? null : JSON.stringify({ Version: '2012-10-17', Statement });
}

type Pairs = NonNullable<NonNullable<KeyGrant['Constraints']>['EncryptionContextSubset']>;

/** `whole`: the encryption context must contain these pairs and no others. */
function conditionOf(subset: Pairs, whole: Pairs | undefined): Record<string, Record<string, string | string[]>> {
  const pairs = Object.entries({ ...subset, ...whole }).flatMap(([name, value]) =>
    value === undefined ? [] : [[`kms:EncryptionContext:${name}`, value] as const],
  );
  return {
    ...(pairs.length === 0 ? {} : { StringEquals: Object.fromEntries(pairs) }),
    ...(whole === undefined
      ? {}
      : { 'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': Object.keys(whole) } }),
  };
}
