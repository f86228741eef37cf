import { valueOrError, type Answers } from '../answers.js';

/** A zone's id is returned as it was requested. A VPC without zones has an empty list. */
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
