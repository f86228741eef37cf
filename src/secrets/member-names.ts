/** Members of a secret that look like a misspelling of one that Lambda requires. */

/** Frequent wrong names, besides those that differ only in case and separators. */
const usual: Record<string, string> = {
  user: 'username',
  login: 'username',
  userid: 'username',
  pass: 'password',
  passwd: 'password',
  pwd: 'password',
  cert: 'certificate',
  certificates: 'certificate',
  clientcertificate: 'certificate',
  clientcert: 'certificate',
  certificatechain: 'certificate',
  certchain: 'certificate',
  key: 'privateKey',
  privatekeypem: 'privateKey',
  clientkey: 'privateKey',
  keypassword: 'privateKeyPassword',
  passphrase: 'privateKeyPassword',
  privatekeypassphrase: 'privateKeyPassword',
  clientid: 'oauthClientId',
  clientsecret: 'oauthClientSecret',
  clientemail: 'oauthClientEmail',
  tokenendpointurl: 'oauthTokenEndpointUrl',
  tokenendpoint: 'oauthTokenEndpointUrl',
  tokenurl: 'oauthTokenEndpointUrl',
  oauthtokenendpoint: 'oauthTokenEndpointUrl',
};

/** A longer name is not a misspelling; it could be anything, even a secret. */
const longest = 40;

/** A misspelt member has no digits or symbols; a password in the place of a member does (`Passw0rd!`). */
const letters = /^[A-Za-z\s._-]+$/;

/** Returns only names that resemble a known member; any other name may itself be secret. */
export function misspeltMembers(
  found: readonly string[],
  known: readonly string[],
): { found: string; meant: string }[] {
  const bare = (name: string) => name.toLowerCase().replace(/[^a-z]/g, '');
  return found.flatMap((name) => {
    if (known.includes(name) || name.length > longest || !letters.test(name)) return [];
    const meant =
      known.find((expected) => bare(expected) === bare(name)) ??
      usual[bare(name)] ??
      known.find((expected) => isOneSlipAway(name.toLowerCase(), expected.toLowerCase()));
    return meant === undefined || found.includes(meant) ? [] : [{ found: name, meant }];
  });
}

/** One letter added, missing, different, or two letters swapped. */
function isOneSlipAway(name: string, meant: string): boolean {
  if (Math.abs(name.length - meant.length) > 1) return false;
  let start = 0;
  while (start < name.length && name[start] === meant[start]) start++;
  let end = 0;
  while (end < name.length - start && end < meant.length - start && name.at(-1 - end) === meant.at(-1 - end)) end++;
  const [a, b] = [name.slice(start, name.length - end), meant.slice(start, meant.length - end)];
  return Math.max(a.length, b.length) <= 1 || (a.length === 2 && b.length === 2 && a[0] === b[1] && a[1] === b[0]);
}
