/** Generates the content of a sandbox secret for the authentication method of its mapping, different every time. */
import { secretTypes } from '../aws/msk.js';
import { randomUUID } from 'node:crypto';
import type { RegistryAccessType } from '../aws/mapping-api.js';
import { isOk } from '../snapshot/read.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { makeCertificate } from './certificate.js';

const year = 365 * 86_400_000;

export type SecretTypes = ReadonlyMap<string, string>;

/** The type of access for which a mapping names each secret, by the secret’s ARN; the first one where several name it. */
export function secretTypesOf(snapshot: Snapshot): SecretTypes {
  const mappings = Object.values(snapshot.mappings).flatMap((read) => (isOk(read) ? [read.value] : []));
  const uses = mappings.flatMap(
    ({ SourceAccessConfigurations: sources, AmazonManagedKafkaEventSourceConfig: config }) => [
      ...sources,
      ...(config?.SchemaRegistryConfig?.AccessConfigs ?? []),
    ],
  );
  return new Map(
    uses.toReversed().flatMap(({ URI, Type }) => (URI === undefined || Type === undefined ? [] : [[URI, Type]])),
  );
}

/** The content for a type of access; a user name and password where no type is given. */
export function secretText(type: string | undefined, now: Date): string {
  switch (type) {
    case secretTypes.mtls:
      return certificateText(now);
    case 'SERVER_ROOT_CA_CERTIFICATE' satisfies RegistryAccessType:
      return authorityText(now);
    case 'OAUTHBEARER_AUTH' satisfies RegistryAccessType:
      return oauthText();
    default:
      return scramText();
  }
}

export const scramText = (): string => JSON.stringify({ username: 'orders-reader', password: randomUUID() });

/** Credentials of the grant “client credentials” for a schema registry. */
const oauthText = (): string =>
  JSON.stringify({
    oauthTokenEndpointUrl: 'https://login.example.com/oauth2/token',
    oauthClientId: 'orders-registry',
    oauthClientSecret: randomUUID(),
  });

function authorityText(now: Date): string {
  const { chain } = makeCertificate({
    subject: 'registry.example.com',
    issuer: 'Example CA',
    from: new Date(now.getTime() - year),
    to: new Date(now.getTime() + year),
  });
  return JSON.stringify({ certificate: chain.at(-1) });
}

/** Valid from a year before to a year after the instant, unless given otherwise. */
export function certificateText(now: Date, { from = -year, to = year }: { from?: number; to?: number } = {}): string {
  const at = (offset: number) => new Date(now.getTime() + offset);
  const { chain, privateKey } = makeCertificate({
    subject: 'orders-reader',
    issuer: 'Example CA',
    from: at(from),
    to: at(to),
  });
  return JSON.stringify({ certificate: chain.join(''), privateKey });
}
