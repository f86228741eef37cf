/** What a secret for a schema registry has to hold, by the type of its access (AWS: kafka-cluster-auth and services-consume-kafka-events). */
import { secretTypes } from '../../../aws/msk.js';
import type { SecretProfile } from '../../../snapshot/resources/index.js';
import { dateFaults, lostNewlines } from '../../secret/support/certificate-faults.js';
import { formFault, missingMember } from '../../secret/support/content.js';
import { keyFaults } from '../../secret/support/private-key-faults.js';

export interface ContentFaults {
  /** Lambda cannot use the secret. */
  faults: string[];
  /** AWS does not document what Lambda does then. */
  risks: string[];
}

type Judge = (profile: SecretProfile, now: Date) => ContentFaults;

const secretJudges: Record<string, Judge> = {
  BASIC_AUTH: (profile) => ({
    faults: [
      ...required(profile, ['username', 'password']),
      ...(['username', 'password'] as const).flatMap((name) => (profile[name]?.empty === true ? isEmpty(name) : [])),
    ],
    risks: [],
  }),
  [secretTypes.mtls]: judgeClientCertificate,
  SERVER_ROOT_CA_CERTIFICATE: judgeRootAuthority,
  OAUTHBEARER_AUTH: judgeOAuth,
};

/** Nothing for a type that this version does not know. */
export function contentFaults(type: string | undefined, profile: SecretProfile, now: Date): ContentFaults {
  const judge = secretJudges[type ?? ''];
  if (judge === undefined) return { faults: [], risks: [] };
  const form = formFault(profile);
  return form === null ? judge(profile, now) : { faults: [form.fact], risks: [] };
}

const isEmpty = (name: string): string[] => [`“${name}” is empty`];

function missingField(profile: SecretProfile, name: string): string[] {
  const fault = missingMember(profile, name);
  if (fault === null) return [];
  const meant = profile.misspelt.find((member) => member.meant === name);
  return [meant === undefined ? `“${name}” is missing` : fault.fact];
}

/** Members that are missing, and those that are no text. */
const required = (profile: SecretProfile, names: readonly string[]): string[] => [
  ...names.flatMap((name) => missingField(profile, name)),
  ...names.filter((name) => profile.notText.includes(name)).map((name) => `“${name}” is not a JSON string`),
];

type Certificate = NonNullable<SecretProfile['certificate']>;

/** The key has the same rules as one for Kafka: a single page of AWS describes the secret for both. */
function judgeClientCertificate(profile: SecretProfile, now: Date): ContentFaults {
  const missing = required(profile, ['certificate', 'privateKey']);
  const { certificate, privateKey } = profile;
  if (missing.length > 0 || certificate === undefined || privateKey === undefined)
    return { faults: missing, risks: [] };
  const others = [...dateFaults(certificate, now), ...keyFaults(privateKey, profile)];
  return { faults: [...pemFaults(certificate), ...others.map(({ fact }) => fact)], risks: [] };
}

function pemFaults({ pem, blocks, unreadableBlocks, newlinesLost, newlinesLostAs }: Certificate): string[] {
  if (!pem || blocks === 0) return ['“certificate” contains no PEM certificate'];
  if (unreadableBlocks > 0) return [`${unreadableBlocks} of ${blocks} certificates in “certificate” cannot be parsed`];
  return newlinesLost ? [lostNewlines('certificate', newlinesLostAs).fact] : [];
}

/** Certificates that Lambda trusts: a single valid one may be enough. */
function judgeRootAuthority(profile: SecretProfile, now: Date): ContentFaults {
  const missing = required(profile, ['certificate']);
  const { certificate } = profile;
  if (missing.length > 0 || certificate === undefined) return { faults: missing, risks: [] };
  const unusable = pemFaults(certificate);
  if (unusable.length > 0) return { faults: unusable, risks: [] };
  const expired = certificate.chain.filter(({ notAfter }) => Date.parse(notAfter) < now.getTime());
  const facts = expired.map(({ subject, notAfter }) => `${subject} expired on ${notAfter.slice(0, 10)}`);
  return expired.length > 0 && expired.length === certificate.chain.length
    ? { faults: facts, risks: [] }
    : { faults: [], risks: facts };
}

/** Two grants: client credentials (oauthClientSecret), and JWT bearer (oauthClientEmail and oauthPrivateKey). */
function judgeOAuth(profile: SecretProfile): ContentFaults {
  const has = (name: string) => profile.members.includes(name);
  const { empty = [], edgeWhitespace = [], httpsEndpoint, pemKey, pemAuthority } = profile.oauth ?? {};
  const bearer = ['oauthClientEmail', 'oauthPrivateKey'];
  const given = bearer.filter(has);
  const both = has('oauthClientSecret') && given.length > 0;
  const grant = given.length > 0 ? bearer : ['oauthClientSecret'];
  const needed = ['oauthTokenEndpointUrl', ...(given.length > 0 ? [] : ['oauthClientId']), ...(both ? [] : grant)];
  return {
    faults: [
      ...required(profile, needed),
      ...(both
        ? [
            `it has both oauthClientSecret and ${given.join(' and ')}; Lambda rejects a secret with the fields of two grant types`,
          ]
        : []),
      ...empty.flatMap(isEmpty),
      ...(httpsEndpoint === false && !empty.includes('oauthTokenEndpointUrl')
        ? ['“oauthTokenEndpointUrl” is not an https URL']
        : []),
      ...(pemKey === false && !empty.includes('oauthPrivateKey')
        ? ['“oauthPrivateKey” contains no PEM private key']
        : []),
      ...(pemAuthority === false && !empty.includes('oauthIdpCaCertificate')
        ? ['“oauthIdpCaCertificate” contains no PEM certificate']
        : []),
    ],
    risks: [
      ...(given.length > 0 && !has('oauthClientId') ? ['“oauthClientId” is missing; AWS lists it as required'] : []),
      ...(has('oauthTokenExpirationSeconds') && given.length === 0
        ? ['“oauthTokenExpirationSeconds” is valid only for the JWT bearer grant']
        : []),
      ...edgeWhitespace
        .filter((name) => !empty.includes(name))
        .map((name) => `“${name}” begins or ends with a space or line break`),
    ],
  };
}
