import { checkIds, type CheckId } from '../../catalogue/check-ids.js';
import { defineCheck, fail, warn, type Judgement } from '../define.js';
import { countOf, countsOf, judgeZero, lastTime, quantity, type Counted } from '../support/counted.js';
import { readPollerLog } from './support/fixes.js';
import { isOver, noPollSucceeds } from './support/polls.js';
import { hasProvisionedPollers } from '../../snapshot/provisioned.js';

interface Evidence {
  uuid: string;
  title: string;
  facts: string[];
  provisioned: boolean;
}

/** What the pollers need before they poll. A failure there explains why polls fail. */
const beforePolling = checkIds.filter(
  (id: CheckId) =>
    /^(cluster|network|access\.(trust|msk|network|kafka|secret|kms)|secret)/.test(id) || id === 'mapping.source-access',
);

/** The metrics do not contain the error; `polling` is null where only commits fail. */
function titleOf({ failing, polling, commit }: { failing: boolean; polling: Counted | null; commit: Counted }): string {
  if (failing) return 'Every poll of the topic fails; enable the pollers’ log to see the error';
  return polling === null
    ? `${quantity(commit.total, 'offset commit')} failed in the last hour, so records repeat; enable the pollers’ log`
    : `Polls of the topic return errors (${Math.round(polling.total).toLocaleString('en-US')} in the last hour); enable the pollers’ log`;
}

export default defineCheck({
  id: 'records.polling',
  title: 'Polls of the topic or offset commits return errors',
  severity: 'error',
  stage: 'flow',
  indicator: 'PollingErrorCount or CommitErrorCount of the mapping is above 0',
  docs: [
    'https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/esm-logging.html',
  ],
  needs: ['mapping', 'capturedAt', 'observedError'],
  mayUse: ['mappingMetrics'],
  restsOn: beforePolling,
  judge(uncertain): Judgement<Evidence> {
    const { mapping, observedError } = uncertain;
    const facts = countsOf(uncertain, 'ErrorCount');
    if ('status' in facts) return facts;
    const [polling, commit] = [countOf(facts, 'PollingErrorCount'), countOf(facts, 'CommitErrorCount')];
    const polled = countOf(facts, 'PolledEventCount');
    const failing = noPollSucceeds(polling, polled);
    // Restarting brokers and rebalancing groups cause errors for a moment; the pollers retry.
    const lasting = [polling, commit].filter((errors) => errors.total > 0 && !isOver(errors, polled));
    if (lasting.length > 0) {
      const counts = [
        ...(lasting.includes(polling)
          ? [`PollingErrorCount: ${Math.round(polling.total)}, last at ${lastTime(polling)}`]
          : []),
        ...(failing ? ['PolledEventCount has no datapoints in that time: no poll succeeded'] : []),
        ...(lasting.includes(commit)
          ? [
              `CommitErrorCount: ${Math.round(commit.total)}, last at ${lastTime(commit)} (Lambda delivers these records again)`,
            ]
          : []),
      ];
      const title = titleOf({ failing, polling: lasting.includes(polling) ? polling : null, commit });
      const evidence = { uuid: mapping.UUID, title, facts: counts, provisioned: hasProvisionedPollers(mapping) };
      // If Lambda shows an error, failing polls are its effect, not a separate cause.
      return failing && observedError === null ? fail(evidence) : warn(evidence);
    }
    return judgeZero(facts, [polling, commit], 'ErrorCount');
  },
  describe: ({ uuid, title, facts }) => ({ title, evidence: facts.map((fact) => ({ resource: uuid, fact })) }),
  fixes: ({ uuid, provisioned }) => [readPollerLog(uuid, provisioned)],
});
