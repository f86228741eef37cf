/** What happens to a principal without an ACL. */

/**
 * For a sentence. Null: the configuration does not set the property, or could not be read. The property is true
 * unless a configuration says otherwise (AWS: Apache Kafka ACLs).
 */
export function withoutAcl(allowEveryone: string | null): string {
  if (allowEveryone === 'false') return 'allow.everyone.if.no.acl.found=false: principals without an ACL are denied';
  const origin =
    allowEveryone === null
      ? 'allow.everyone.if.no.acl.found is not set or could not be read (MSK default: true)'
      : `allow.everyone.if.no.acl.found=${allowEveryone}`;
  return `${origin}: a topic or group with any ACL denies all principals that have none`;
}
