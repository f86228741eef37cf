/** What happens to a principal without an ACL. */

/**
 * For a sentence. Null: the configuration does not set the property, or could not be read. The property is true
 * unless a configuration says otherwise (AWS: Apache Kafka ACLs).
 */
export function withoutAcl(allowEveryone: string | null): string {
  if (allowEveryone === 'false')
    return 'its configuration sets allow.everyone.if.no.acl.found=false: who has no ACL is refused';
  const origin =
    allowEveryone === null
      ? 'its configuration does not set allow.everyone.if.no.acl.found, or could not be read; MSK’s default is true'
      : `its configuration sets allow.everyone.if.no.acl.found=${allowEveryone}`;
  return `${origin}: a topic or group that has an ACL for anyone is closed to all others`;
}
