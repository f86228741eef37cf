/**
 * On which other checks a check depends, with the reason for each pair. A pair belongs here only where it is certain:
 * what two faults have in common is not enough if each needs its own fix.
 */
import type { Dependency } from '../define.js';

/**
 * The authentication that Lambda selects decides ports, bootstrap addresses and what the secret must contain. It changes
 * with the secrets that the mapping names, with what the cluster has enabled, and with another VPC connection.
 */
export const authPremises = [
  'mapping.source-access',
  'cluster.auth',
  { check: 'cluster.policy', kinds: ['gone', 'other-authentication'], relation: 'premise' },
] as const satisfies readonly (string | Dependency)[];

/** The cluster shows bootstrap addresses only while it and the VPC connection are available. */
export const brokerPremises = [
  'cluster.state',
  ...authPremises,
  { check: 'cluster.policy', kinds: ['not-available'], relation: 'premise' },
] as const satisfies readonly (string | Dependency)[];

/** The content of a secret: the content of one that no longer exists, or is in another region, says nothing. */
export const contentPremises = [...authPremises, 'secret.exists'] as const;

/** A permission on a secret that the mapping cannot use: the fix names another secret, whose ARN the policy must name. */
export const otherSecret: Dependency = {
  check: 'secret.exists',
  kinds: ['gone', 'other-region'],
  relation: 'premise',
};

/**
 * The secret itself and what it needs (its key, permissions on both): where the cluster or VPC connection does not offer
 * the login that the secret is for, the mapping may have to do without it, and a permission on it cures nothing.
 */
export const secretPremises: readonly Dependency[] = [
  { check: 'cluster.auth', relation: 'premise' },
  { check: 'cluster.policy', kinds: ['other-authentication'], relation: 'premise' },
];

/** Through a VPC connection for another authentication nobody knows whether IAM is meant, so its permissions say nothing. */
export const iamPremises = [
  { check: 'cluster.policy', kinds: ['gone', 'other-authentication'], relation: 'premise' },
] as const satisfies readonly Dependency[];

/**
 * Whether the name is wrong or the topic is missing, nobody can tell: a permission or an ACL on a misspelt topic is useless,
 * and those on the right one can be judged once the mapping names it.
 */
export const missingTopic: Dependency = { check: 'cluster.topic', kinds: ['no-topic'], relation: 'premise' };

/** A cluster that no longer exists needs no permission; that of the new cluster has another ARN. */
export const clusterGone: Dependency = { check: 'cluster.state', kinds: ['gone'], relation: 'premise' };

/** Without a secret where the cluster accepts secrets only, Lambda selects TLS, which is not enabled: one fault, one fix. */
export const missingSecret: Dependency = {
  check: 'mapping.source-access',
  kinds: ['no-secret'],
  relation: 'consequence',
};

/** Which of several secrets stays, or under which type a secret is named, decides the authentication. */
export const undecidedSecret: Dependency = {
  check: 'mapping.source-access',
  kinds: ['several-secrets', 'wrong-secret'],
  relation: 'premise',
};

/** MSK refuses to associate a secret under the default key, or without the prefix; the fix of either associates it. */
export const refusedSecret: readonly Dependency[] = [
  { check: 'secret.kms', kinds: ['default-key'], relation: 'consequence' },
  { check: 'secret.name-prefix', relation: 'consequence' },
];

/** Another account's secret under the default key: its own check and the permission on that key report the same fact. */
export const foreignDefaultKey: Dependency = {
  check: 'secret.kms',
  kinds: ['default-key'],
  ownKinds: ['default-key'],
  relation: 'consequence',
};

/** The same for a permission on the secret's key; the key of a filter is the mapping's in any case. */
export const secretKeyPremises: readonly Dependency[] = secretPremises.map((dependency) => ({
  ...dependency,
  ownKinds: ['secret-key', 'default-key'],
}));

/** The rule about the default key is MSK's for SASL/SCRAM only; and a secret that the mapping cannot use needs no key. */
export const keyPremises: readonly Dependency[] = [
  {
    check: 'mapping.source-access',
    kinds: ['several-secrets', 'wrong-secret'],
    ownKinds: ['default-key'],
    relation: 'premise',
  },
  otherSecret,
  ...secretPremises,
];

/** A text that is not an ARN leads to no secret: what exists is not known until the mapping names one. */
export const invalidSecretArn: Dependency = {
  check: 'mapping.source-access',
  kinds: ['invalid-arn'],
  relation: 'premise',
};

/** A content without members has neither a certificate nor a key: one fault, and one new content. */
export const sameContent: Dependency = {
  check: 'secret.certificate',
  kinds: ['not-json'],
  ownKinds: ['not-json'],
  relation: 'consequence',
};

/** Enabling a mapping on a cluster or VPC connection that no longer exists has no effect: it must be recreated. */
export const pointlessToEnable: readonly Dependency[] = [
  { check: 'cluster.state', kinds: ['gone'], relation: 'pointless-fix' },
  { check: 'cluster.policy', kinds: ['gone'], relation: 'pointless-fix' },
];

/** A permission on a destination or registry that the mapping must replace; the new one has another ARN. */
export const destinationPremises: readonly Dependency[] = [
  {
    check: 'mapping.destination',
    kinds: ['not-a-destination'],
    ownKinds: ['destination-only'],
    relation: 'premise',
  },
  {
    check: 'mapping.schema-registry',
    kinds: ['registry-settings'],
    ownKinds: ['registry-only'],
    relation: 'premise',
  },
];

/** Paths to services that the mapping needs only for a secret, a destination or a registry that it may have to do without. */
export const servicePremises: readonly Dependency[] = [
  ...secretPremises.map((dependency) => ({ ...dependency, ownKinds: ['secret-only'] as const })),
  ...destinationPremises,
];

/** Lambda does not show a filter that it may not decrypt: with the permission on the key it can be read. */
export const filterKey: Dependency = {
  check: 'access.kms',
  kinds: ['filter-key'],
  ownKinds: ['filter-key'],
  relation: 'consequence',
};

/** Reserved concurrency 0 throttles every call; how a function that cannot run answers says nothing about its code. */
export const callPremises: readonly Dependency[] = [
  { check: 'function.concurrency', ownKinds: ['throttled'], relation: 'consequence' },
  { check: 'function.state', relation: 'premise' },
];

/** A network ACL that blocks only the brokers' port, which depends on the authentication. */
export const brokersOnly: readonly Dependency[] = [
  { check: 'cluster.auth', ownKinds: ['brokers-only'], relation: 'premise' },
  {
    check: 'mapping.source-access',
    kinds: ['no-secret', 'several-secrets', 'wrong-secret'],
    ownKinds: ['brokers-only'],
    relation: 'premise',
  },
];
