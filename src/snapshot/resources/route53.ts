import { list, maybe, text, z } from './shape.js';

/** A private hosted zone, as ListHostedZonesByVPC returns it: of this account, of another, or of a service. */
export const hostedZoneSchema = z.object({
  HostedZoneId: text,
  /** With a trailing period. */
  Name: text,
  Owner: maybe(z.object({ OwningAccount: maybe(text), OwningService: maybe(text) })),
});
export type HostedZone = z.infer<typeof hostedZoneSchema>;

export const recordSetSchema = z.object({
  Name: text,
  Type: text,
  SetIdentifier: maybe(text),
  AliasTarget: maybe(z.object({ DNSName: maybe(text), HostedZoneId: maybe(text) })),
  ResourceRecords: list(z.object({ Value: maybe(text) })),
});
export type RecordSet = z.infer<typeof recordSetSchema>;
