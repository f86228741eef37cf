import { textState } from '../../catalogue/text-state.js';
import { defineCheck, pass, skip, undecided, warn, type Judgement } from '../define.js';
import { updateMapping } from '../support/update-mapping.js';
import { countOf, countsOf, nothingCounted, notInSnapshot, quantity, switchedOff } from '../support/counted.js';
import { shell } from '../../text/shell.js';
import type { Mapping } from '../../snapshot/resources/index.js';

/** From this many records, it is unlikely that a filter which matches some records matched none of them. */
const fewest = 10;

interface Evidence {
  uuid: string;
  records: number;
  criteria: Mapping['FilterCriteria'];
}

export default defineCheck({
  id: 'records.filtered',
  title: 'The filter removes every record, so the function is never invoked',
  severity: 'warning',
  stage: 'flow',
  indicator: 'FilteredOutEventCount equals PolledEventCount, and InvokedEventCount is 0',
  docs: [
    'https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html',
  ],
  needs: ['mapping', 'capturedAt'],
  mayUse: ['mappingMetrics'],
  restsOn: ['mapping.filter'],
  judge(uncertain): Judgement<Evidence> {
    const { mapping } = uncertain;
    const facts = countsOf(uncertain, 'EventCount');
    if ('status' in facts) return facts;
    const filtered = countOf(facts, 'FilteredOutEventCount');
    const criteria = mapping.FilterCriteria;
    const hidden = mapping.KMSKeyArn !== undefined && mapping.KMSKeyArn !== '';
    if ((criteria?.Filters ?? []).length === 0 && !hidden && filtered.total === 0)
      return skip('the mapping has no filter');
    if (filtered.is === 'off') return skip(switchedOff(mapping, 'EventCount'));
    const [polled, invoked] = [countOf(facts, 'PolledEventCount'), countOf(facts, 'InvokedEventCount')];
    if ([filtered, polled, invoked].some(({ is }) => is === 'absent')) return undecided(notInSnapshot);
    if (polled.points.length === 0) return skip(nothingCounted);
    // The newest datapoints of two metrics may appear at different times.
    const shared = new Set(filtered.points.map(({ at }) => at));
    const records = polled.points.reduce((sum, { at, value }) => sum + (shared.has(at) ? value : 0), 0);
    if (records === 0 || filtered.total < records || invoked.total > 0) return pass;
    // Lambda keeps the text of a new mapping until it delivers a record.
    const neverDelivered = textState(mapping.LastProcessingResult) === 'idle';
    return records < fewest && !neverDelivered
      ? undecided(
          `the filter removed ${records === 1 ? 'the only record' : `all ${records} records`} of the last hour; more records are needed to judge it`,
        )
      : warn({ uuid: mapping.UUID, records, criteria });
  },
  describe: ({ uuid, records, criteria }) => ({
    title: `The filter removed ${records === 1 ? 'the only record' : `all ${quantity(records, 'record')}`} of the last hour`,
    evidence: [
      { resource: uuid, fact: 'FilteredOutEventCount equals PolledEventCount, InvokedEventCount is 0' },
      ...(criteria?.Filters ?? []).map(({ Pattern: pattern = '' }) => ({ resource: uuid, fact: `filter: ${pattern}` })),
    ],
  }),
  fixes: ({ uuid, criteria }) => [
    {
      title: 'Compare the filter pattern with a record of the topic and correct it (a filter for rare records is fine)',
      safety: 'by-hand',
      changes: [],
      commands: [shell`msk-lambda update ${uuid} --filter PATTERN`],
    },
    {
      title: 'Remove the filter, so that the function receives every record',
      safety: 'risky',
      changes: [
        updateMapping(uuid, { FilterCriteria: {} }, criteria === undefined ? null : { FilterCriteria: criteria }),
      ],
    },
  ],
});
