/**
 * Which proxy a request goes through, by the rules of the AWS CLI: botocore takes urllib’s `getproxies_environment` and
 * `proxy_bypass_environment` (Python: urllib.request), and only the variable of the address’s own scheme.
 */

type Environment = Readonly<Record<string, string | undefined>>;

export interface ProxySetting {
  /** The variable that names it, as it is spelt in the environment. */
  variable: string;
  url: URL;
}

/** A variable in lower case comes before the same in upper case, also where it is empty: that turns the proxy off. */
function variableOf(name: string, env: Environment): { variable: string; value: string } | null {
  for (const variable of [name.toLowerCase(), name.toUpperCase()]) {
    // A web server puts a request’s header `Proxy` into HTTP_PROXY (CVE-2016-5385).
    if (variable === 'HTTP_PROXY' && env['REQUEST_METHOD'] !== undefined) continue;
    const value = env[variable];
    if (value !== undefined) return value === '' ? null : { variable, value };
  }
  return null;
}

/** Whether any proxy is set: without one nothing about them need be loaded. */
export const namesProxy = (env: Environment): boolean =>
  variableOf('https_proxy', env) !== null || variableOf('http_proxy', env) !== null;

/** The proxy for an address; null where it is reached directly. Throws where the variable holds no address. */
export function proxyFor(
  address: { protocol: string; hostname: string; port: string },
  env: Environment,
): ProxySetting | null {
  const set = variableOf(address.protocol === 'https:' ? 'https_proxy' : 'http_proxy', env);
  if (set === null || isExcluded(address, env)) return null;
  const { variable, value } = set;
  const whole = /^https?:\/\//i.test(value) ? value : `http://${value.replace(/^\/\//, '')}`;
  if (!URL.canParse(whole)) throw new Error(`${variable} is not a proxy address: use http://HOST:PORT.`);
  return { variable, url: new URL(whole) };
}

/** The variable that excludes an address from its proxy; null where none does. */
export const excludedBy = (address: { hostname: string; port: string }, env: Environment): string | null =>
  isExcluded(address, env) ? (variableOf('no_proxy', env)?.variable ?? null) : null;

/** Names and their subdomains, with or without a dot or a port; `*` excludes everything. Address ranges are not known to the AWS CLI either. */
function isExcluded({ hostname, port }: { hostname: string; port: string }, env: Environment): boolean {
  const list = variableOf('no_proxy', env)?.value ?? '';
  if (list === '*') return true;
  const hosts = [hostname.toLowerCase(), `${hostname.toLowerCase()}:${port}`];
  return list
    .split(',')
    .map((name) => name.trim().replace(/^\.+/, '').toLowerCase())
    .some((name) => name !== '' && hosts.some((host) => host === name || host.endsWith(`.${name}`)));
}
