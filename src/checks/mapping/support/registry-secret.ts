/** What a secret for a schema registry has to hold, by the type of its access (AWS: kafka-cluster-auth and services-consume-kafka-events). */
import type { SecretProfile } from '../../../snapshot/resources/index.js';
import { formFault, missingMember } from '../../secret/support/content.js';

export interface ContentFaults {
  /** Lambda cannot use the secret. */
  faults: string[];
  /** AWS does not document what Lambda does then. */
  risks: string[];
}

type Judge = (profile: SecretProfile) => ContentFaults;

const secretJudges: Record<string, Judge> = {
  BASIC_AUTH: (profile) => ({
    faults: [
      ...required(profile, ['username', 'password']),
      ...(['username', 'password'] as const).flatMap((name) => (profile[name]?.empty === true ? isEmpty(name) : [])),
    ],
    risks: [],
  }),
  CLIENT_CERTIFICATE_TLS_AUTH: (profile) => ({
    faults: [
      ...required(profile, ['certificate', 'privateKey']),
      ...(profile.certificate?.pem === false ? ['its member certificate holds no PEM certificate'] : []),
      ...(profile.privateKey?.pem === false ? ['its member privateKey holds no PEM key'] : []),
    ],
    risks: [],
  }),
  SERVER_ROOT_CA_CERTIFICATE: (profile) => ({
    faults: [
      ...required(profile, ['certificate']),
      ...(profile.certificate?.pem === false ? ['its member certificate holds no PEM certificate'] : []),
    ],
    risks: [],
  }),
  OAUTHBEARER_AUTH: judgeOAuth,
};

/** Nothing for a type that this version does not know. */
export function contentFaults(type: string | undefined, profile: SecretProfile): ContentFaults {
  const judge = secretJudges[type ?? ''];
  if (judge === undefined) return { faults: [], risks: [] };
  const form = formFault(profile);
  return form === null ? judge(profile) : { faults: [form], risks: [] };
}

const isEmpty = (name: string): string[] => [`its member ${name} is empty`];

/** Members that are missing, and those that are no text. */
const required = (profile: SecretProfile, names: readonly string[]): string[] => [
  ...names.flatMap((name) => missingMember(profile, name) ?? []),
  ...names.filter((name) => profile.notText.includes(name)).map((name) => `its member ${name} is no text`),
];

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
            `it holds oauthClientSecret and ${given.join(' and ')}: Lambda refuses a secret with the members of both grants`,
          ]
        : []),
      ...empty.flatMap(isEmpty),
      ...(httpsEndpoint === false && !empty.includes('oauthTokenEndpointUrl')
        ? ['its member oauthTokenEndpointUrl is no https address']
        : []),
      ...(pemKey === false && !empty.includes('oauthPrivateKey')
        ? ['its member oauthPrivateKey holds no PEM key']
        : []),
      ...(pemAuthority === false && !empty.includes('oauthIdpCaCertificate')
        ? ['its member oauthIdpCaCertificate holds no PEM certificate']
        : []),
    ],
    risks: [
      ...(given.length > 0 && !has('oauthClientId')
        ? ['it has no member oauthClientId, which AWS lists as required']
        : []),
      ...(has('oauthTokenExpirationSeconds') && given.length === 0
        ? ['its member oauthTokenExpirationSeconds is for the JWT bearer grant only']
        : []),
      ...edgeWhitespace
        .filter((name) => !empty.includes(name))
        .map((name) => `its member ${name} begins or ends with a blank or a line break`),
    ],
  };
}
