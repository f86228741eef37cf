/** Names of the DNS, and which private hosted zone answers for one (AWS: considerations for private hosted zones). */

/** In small letters, without the period at its end; Route 53 writes an asterisk as `\052`. */
export const plainName = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/\.$/, '')
    .replaceAll(String.raw`\052`, '*');

export const isWithin = (name: string, zone: string): boolean =>
  plainName(name) === plainName(zone) || plainName(name).endsWith(`.${plainName(zone)}`);

/** The most specific zone answers alone, whether it has a record for the name or not. */
export const zoneFor = <Z extends { Name: string }>(name: string, zones: readonly Z[]): Z | undefined =>
  zones.filter((zone) => isWithin(name, zone.Name)).toSorted((a, b) => b.Name.length - a.Name.length)[0];

/** The endpoint of a DNS name that AWS gives it, zonal or regional: `vpce-0a1b-xyz.lambda.eu-west-1.vpce.amazonaws.com`. */
export const endpointIdOf = (name: string): string | null =>
  /^(?:\*\.)?(vpce-[0-9a-f]{8,17})-[^.]+\..*\.vpce\.[a-z0-9.-]+$/.exec(plainName(name))?.[1] ?? null;
