/** Describes a secret without keeping any of it. Pure; returns a profile for every input and never throws. */
import { secretBytes } from '../aws/limits.js';
import type { SecretProfile } from '../snapshot/resources/index.js';
import { looksLikeUserName } from '../text/user-name.js';
import { profileCertificate } from './certificate.js';
import { misspeltMembers } from './member-names.js';
import { oauthMembers, profileOAuth } from './oauth.js';
import { areSwapped, mayShowUserName, withoutValues } from './showable-values.js';
import { profilePrivateKey } from './private-key.js';

export const knownMembers = [
  'username',
  'password',
  'certificate',
  'privateKey',
  'privateKeyPassword',
  ...oauthMembers,
] as const;

/** More misspellings would tell nothing new. */
const mostMisspelt = 10;

/** As GetSecretValue returns it: a text, or bytes. */
export function profileSecret({
  text,
  binary,
}: {
  text?: string | undefined;
  binary?: Uint8Array | undefined;
}): SecretProfile {
  if (text === undefined && binary !== undefined) return empty(binary.length, 'binary');
  const bytes = new TextEncoder().encode(text ?? '').length;
  if (text === undefined || text.trim() === '') return empty(bytes, 'empty');
  // A text far above the size limit is not worth parsing.
  const parsed = bytes > 4 * secretBytes ? undefined : parseJson(text);
  if (parsed === undefined) return empty(bytes, 'not-json');
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return empty(bytes, 'not-an-object');
  return profileMembers(bytes, parsed as Record<string, unknown>);
}

const empty = (bytes: number, form: SecretProfile['form']): SecretProfile => ({
  bytes,
  form,
  members: [],
  misspelt: [],
  otherMembers: 0,
  notText: [],
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function profileMembers(bytes: number, content: Record<string, unknown>): SecretProfile {
  // A null member counts as absent, as it does for Lambda.
  const members = knownMembers.filter((name) => Object.hasOwn(content, name) && content[name] !== null);
  const text = (name: (typeof knownMembers)[number]) => (typeof content[name] === 'string' ? content[name] : undefined);
  const [username, password, certificate, privateKey, keyPassword] = knownMembers.map(text);
  const misspelt = misspeltMembers(Object.keys(content), knownMembers);
  const chain = certificate === undefined ? undefined : profileCertificate(certificate);
  const subject = chain?.profile.chain[0]?.subject;
  const alone = Object.keys(content).every((name) => name === 'username' || name === 'password');
  const named = username !== undefined && username !== '';
  const principal = named ? (mayShowUserName(username, password, { alone }) ? username : undefined) : subject;
  const profile: SecretProfile = {
    bytes,
    form: 'object',
    members,
    misspelt: misspelt.slice(0, mostMisspelt),
    otherMembers: Object.keys(content).filter((name) => !isKnown(name)).length - misspelt.length,
    notText: members.filter((name) => typeof content[name] !== 'string'),
    ...(members.includes('username') ? { username: profileField(username ?? '') } : {}),
    ...(members.includes('password') ? { password: profileField(password ?? '') } : {}),
    ...(principal === undefined ? {} : { principal: `User:${principal}` }),
    ...(named && principal === undefined ? { principalWithheld: true } : {}),
    ...(areSwapped(username, password) ? { swapped: true } : {}),
    ...profileOAuth(content),
    ...(chain === undefined ? {} : { certificate: chain.profile }),
    ...(privateKey === undefined
      ? {}
      : { privateKey: profilePrivateKey(privateKey, { password: keyPassword, certificate: chain?.leaf }) }),
  };
  const secret = Object.entries(content).filter(
    ([name, value]) =>
      isSecretMember(misspelt.find(({ found }) => found === name)?.meant ?? name) ||
      (!isKnown(name) && !(typeof value === 'string' && looksLikeUserName(value))),
  );
  return withoutValues(
    profile,
    secret.map(([, value]) => value),
  );
}

/** Their values are secret, whatever they look like. */
const isSecretMember = (name: string): boolean =>
  ['password', 'privateKey', 'privateKeyPassword', 'oauthClientSecret', 'oauthPrivateKey'].includes(name);
const isKnown = (name: string): boolean => (knownMembers as readonly string[]).includes(name);

const profileField = (text: string) => ({
  present: true,
  empty: text.trim() === '',
  edgeWhitespace: text !== text.trim(),
  specialCharacters: /[\\/"]/.test(text),
});
