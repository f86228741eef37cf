/** Judged in src/checks/mapping/support/poller-group-faults.ts. */
import type { Mapping } from '../../snapshot/resources/index.js';
import { defineCheck, pass, undecided, type Judgement } from '../define.js';
import { shell } from '../../text/shell.js';
import { failUnlessItWorks } from '../support/warn-where-it-works.js';
import { sizeFaults, vpcFaults } from './support/poller-group-faults.js';
import { updateMapping } from '../support/update-mapping.js';

interface Evidence {
  uuid: string;
  group: string;
  /** It has more mappings or pollers than allowed. */
  over: boolean;
  config: Mapping['ProvisionedPollerConfig'];
  facts: string[];
}

export default defineCheck({
  id: 'mapping.poller-group',
  title: 'The poller group exceeds a limit or spans several VPCs',
  severity: 'error',
  stage: 'mapping',
  indicator:
    'aws lambda list-event-source-mappings shows too many mappings, or too many maximum event pollers, in the group',
  docs: [
    'https://docs.aws.amazon.com/lambda/latest/api/API_ProvisionedPollerConfig.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/kafka-scaling-modes.html',
  ],
  needs: ['mapping', 'pollerGroup', 'works'],
  judge({ mapping: { UUID: uuid, ProvisionedPollerConfig: config }, pollerGroup: group, works }): Judgement<Evidence> {
    const sizes = sizeFaults(group);
    const facts = [...sizes, ...vpcFaults(group)];
    if (facts.length > 0)
      return failUnlessItWorks(works, { uuid, group: group.name, over: sizes.length > 0, config, facts });
    const missing = group.members.flatMap(({ vpc }) => (vpc.is === 'unread' ? vpc.missing : []));
    return group.members.every(({ vpc }) => vpc.is === 'known')
      ? pass
      : undecided(`the VPC of a mapping in poller group ${group.name} is unknown`, missing);
  },
  describe: ({ uuid, group, over, facts }) => ({
    title: `The poller group ${group} ${over ? 'exceeds a limit' : 'has mappings in several VPCs'}`,
    evidence: facts.map((fact) => ({ resource: uuid, fact })),
  }),
  fixes: ({ uuid, group, config }) => [
    {
      title: `Remove the mapping from poller group ${group} (its event pollers are then billed separately)`,
      safety: 'care',
      changes: [
        updateMapping(
          uuid,
          { ProvisionedPollerConfig: { ...config, PollerGroupName: '' } },
          { ProvisionedPollerConfig: config },
        ),
      ],
    },
    {
      title: 'Use another poller group, or lower the maximum event pollers of the group’s mappings',
      safety: 'by-hand',
      changes: [],
      commands: [shell`msk-lambda update ${uuid} --poller-group NEW_GROUP`],
    },
  ],
});
