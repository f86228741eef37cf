/** Which secret a finding is about, what names it, and the commands that replace it. */
import { scramPrefix } from '../../aws/msk.js';
import { secretNameOf } from '../../aws/secret-arn.js';
import type { Fix } from '../../fixes/fix.js';
import { ownCommand } from '../../fixes/own-command.js';
import type { SecretProfile } from '../../snapshot/resources/index.js';
import { valueOrNull } from '../../subject/fact.js';
import type { Facts, Subject } from '../../subject/subject.js';
import { shell, type ShellCommand } from '../../text/shell.js';

export interface SecretUse {
  /** As the mapping names it, or the path of a file that is to become a secret. */
  secret: string;
  /** Null for a file, and for a secret that does not exist. */
  arn: string | null;
  /** The mapping that names it; null where a secret is judged without a mapping. */
  uuid: string | null;
  /** Its customer managed key, by id or ARN; null where it has none. */
  key: string | null;
  /** The cluster that MSK can associate it with; null for another account's, and where none is known. */
  clusterArn: string | null;
  /** The method, by its content; null where unknown. */
  username: string | null;
}

/** Facts for it; any may be missing. */
export const useFacts = ['secret', 'secretKey', 'eventSource', 'mapping'] as const;

export function useOf(
  { uri }: Facts['secretReference'],
  { secret, secretKey, eventSource, mapping }: Pick<Subject, (typeof useFacts)[number]>,
  profile?: SecretProfile,
): SecretUse {
  const described = valueOrNull(secret);
  const source = valueOrNull(eventSource);
  const ownKey = valueOrNull(secretKey)?.KeyManager !== 'AWS' && secretKey.is !== 'not-applicable';
  return {
    secret: uri,
    arn: described?.ARN ?? null,
    uuid: valueOrNull(mapping)?.UUID ?? null,
    key: ownKey ? (described?.KmsKeyId ?? null) : null,
    clusterArn: source === null || source.arn === '' || source.kind === 'vpc-connection' ? null : source.arn,
    username: profile?.principal?.replace(/^User:/, '') ?? null,
  };
}

/** Fixes for one fact, given the secret. */
export type Remedy = (use: SecretUse) => Fix[];

export const manual = (title: string, commands: readonly ShellCommand[] = []): Fix => ({
  title,
  safety: 'by-hand',
  changes: [],
  ...(commands.length === 0 ? {} : { commands: [...commands] }),
});

/** A name for the replacement: the old secret keeps its name in Secrets Manager. */
function nextName({ secret, arn, uuid }: SecretUse): string {
  if (arn === null && uuid === null) return 'NAME';
  const name = secretNameOf(arn ?? secret);
  const [, stem = name, number = '1'] = /^(.*)-(\d{1,3})$/.exec(name) ?? [];
  return `${stem}-${Number(number) + 1}`;
}

const nameInMapping = ({ uuid }: SecretUse, name: string): ShellCommand[] =>
  uuid === null ? [] : [ownCommand('update', uuid, '--secret', name)];

/**
 * Creates a secret with user name and password, under a customer managed key and associated with the cluster, and
 * names it in the mapping.
 */
export function createUser(use: SecretUse, name = nextName(use)): ShellCommand[] {
  const prefixed = name.startsWith(scramPrefix) ? name : `${scramPrefix}${name}`;
  return [
    ownCommand(
      'secret',
      'create',
      prefixed,
      '--username',
      use.username ?? 'USER',
      '--kms-key',
      use.key ?? 'KEY',
      ...(use.clusterArn === null ? [] : ['--cluster', use.clusterArn]),
    ),
    ...nameInMapping(use, prefixed),
  ];
}

/** Creates a secret with the chain in order and the key as PKCS#8, and names it in the mapping. */
export function createPair(
  use: SecretUse,
  { password = false, key = 'key.pem', name = nextName(use) } = {},
): ShellCommand[] {
  const files = ['--certificate', 'client.pem', '--chain', 'chain.pem', '--private-key', key];
  return [
    ownCommand('secret', 'create', name, ...files, ...(password ? ['--password-stdin'] : [])),
    ...nameInMapping(use, name),
  ];
}

/** Replaces the content of the existing secret, and checks it. */
export const replaceContent = ({ arn }: SecretUse): ShellCommand[] =>
  arn === null
    ? []
    : [
        shell`aws secretsmanager put-secret-value --secret-id ${arn} --secret-string file://secret.json`,
        ownCommand('secret', 'check', arn),
      ];

/** Stores a new certificate and key in the secret, after the commands that generate them. */
export const storePair =
  (title: string, ...before: readonly ShellCommand[]): Remedy =>
  (use) => [manual(title, [...before, ...createPair(use)])];

/** The same with a key that a command writes to a file of its own, encrypted or not. */
export const storeConverted =
  (title: string, { into, by, password = false }: { into: string; by: ShellCommand; password?: boolean }): Remedy =>
  (use) => [manual(title, [by, ...createPair(use, { key: into, password })])];

/** A new SASL/SCRAM secret, or other content in the existing secret. */
export const storeUser =
  (title: string): Remedy =>
  (use) => [
    manual(title, createUser(use)),
    ...(use.arn === null
      ? []
      : [
          manual(
            'Replace the content of the secret with the right user name and password: {"username": "…", "password": "…"}',
            replaceContent(use),
          ),
        ]),
  ];

/** Only the owner knows which customer managed key; the execution role must be allowed to decrypt with it. */
export const underOwnKey = (use: SecretUse, arn: string): Fix[] => [
  manual(
    'Create a secret with the same content and a customer managed key that the execution role may use, associate it with the cluster, and use it in the mapping',
    createUser({ ...use, key: null }),
  ),
  manual('Encrypt this secret with a customer managed key, then associate it with the cluster', [
    shell`aws secretsmanager update-secret --secret-id ${arn} --kms-key-id KEY`,
    ...(use.clusterArn === null ? [] : [associateLine(use.clusterArn, arn)]),
  ]),
];

export const associateLine = (clusterArn: string, secretArn: string): ShellCommand =>
  shell`aws kafka batch-associate-scram-secret --cluster-arn ${clusterArn} --secret-arn-list ${secretArn}`;
