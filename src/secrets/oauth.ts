/** Describes the OAuth credentials for a schema registry without keeping any value. Pure. */
import type { SecretProfile } from '../snapshot/resources/index.js';
import { readPem } from './pem.js';

/** Members of a secret of the access type OAUTHBEARER_AUTH (AWS: kafka-cluster-auth, configuring the OAuth secret). */
export const oauthMembers = [
  'oauthTokenEndpointUrl',
  'oauthClientId',
  'oauthClientSecret',
  'oauthClientEmail',
  'oauthPrivateKey',
  'oauthTokenExpirationSeconds',
  'oauthIdpCaCertificate',
] as const;

/** Only whether values have the form that Lambda requires; nothing where no member is of this kind. */
export function profileOAuth(content: Record<string, unknown>): Pick<SecretProfile, 'oauth'> {
  const texts = oauthMembers.flatMap((name) => {
    const value = Object.hasOwn(content, name) ? content[name] : undefined;
    return typeof value === 'string' ? [{ name, value }] : [];
  });
  if (!oauthMembers.some((name) => Object.hasOwn(content, name) && content[name] !== null)) return {};
  const valueOf = (wanted: string) => texts.find(({ name }) => name === wanted)?.value;
  const [endpoint, key, authority] = ['oauthTokenEndpointUrl', 'oauthPrivateKey', 'oauthIdpCaCertificate'].map(valueOf);
  return {
    oauth: {
      empty: texts.flatMap(({ name, value }) => (value.trim() === '' ? [name] : [])),
      edgeWhitespace: texts.flatMap(({ name, value }) =>
        value !== value.trim() && !pemMembers.has(name) ? [name] : [],
      ),
      ...(endpoint === undefined ? {} : { httpsEndpoint: isHttps(endpoint.trim()) }),
      ...(key === undefined ? {} : { pemKey: hasBlock(key, 'PRIVATE KEY') }),
      ...(authority === undefined ? {} : { pemAuthority: hasBlock(authority, 'CERTIFICATE') }),
    },
  };
}

/** A line break at the end of a PEM text does no harm. */
const pemMembers: ReadonlySet<string> = new Set(['oauthPrivateKey', 'oauthIdpCaCertificate']);

const isHttps = (text: string): boolean => URL.canParse(text) && new URL(text).protocol === 'https:';

const hasBlock = (text: string, ending: string): boolean =>
  readPem(text).blocks.some(({ label }) => label.endsWith(ending));
