import { valueOrError, type Answers } from '../answers.js';

/** A zone’s id is given back as it was asked for; a VPC that no zone is associated with has an empty list. */
export const route53: Answers = {
  ListHostedZonesByVPC: ({ VPCId: id }, snapshot) => ({
    HostedZoneSummaries: snapshot.hostedZones[String(id)] === undefined ? [] : valueOrError(snapshot.hostedZones, id),
    MaxItems: 100,
  }),
  ListResourceRecordSets: ({ HostedZoneId: id }, snapshot) => ({
    ResourceRecordSets: valueOrError(snapshot.hostedZoneRecords, id, 'NoSuchHostedZone').map(
      ({ ResourceRecords: records, ...set }) => ({
        ...set,
        ...(records.length === 0 ? {} : { ResourceRecords: records }),
      }),
    ),
    IsTruncated: false,
    MaxItems: 300,
  }),
};
