import { expect, test } from 'vitest';
import { plannedMapping, settingsOf } from '../../src/mapping/mapping-of.js';
import { judgePlanned } from '../../src/mapping/preflight.js';
import { waitUntilGone, waitUntilWorking } from '../../src/mapping/wait.js';
import { createCall } from '../../src/plan/calls.js';
import { createOnce } from '../../src/plan/execution/create-once.js';
import { sandboxAccounts } from '../../src/sandbox/index.js';
import type { Answerer } from '../../src/account/clients.js';
import { readThrough } from '../account/support/read.js';
import { value } from '../accounts/account.js';
import { liveIn } from './support/life.js';

test.each(sandboxAccounts.filter(({ healthy }) => healthy).map(({ name }) => name))(
  'in %s a mapping is made anew, and works',
  async (name) => {
    const life = liveIn(name);
    const [old] = life.sandbox.snapshot().targets;
    const mapping = value(life.sandbox.snapshot().mappings, old!);
    const settings = {
      ...settingsOf(mapping),
      consumerGroup: mapping.AmazonManagedKafkaEventSourceConfig?.ConsumerGroupId ?? old!,
    };
    delete settings.enabled;
    await life.clients.send('lambda', 'DeleteEventSourceMapping', { UUID: old! });
    expect(await waitUntilGone(life.clients, old!, life.policy)).toMatchObject({ outcome: 'gone' });

    const planned = plannedMapping(settings);
    const { snapshot } = await readThrough(life.sandbox.answer as Answerer, { planned: [planned] });
    expect(judgePlanned(snapshot, planned).blockers).toEqual([]);
    const created = await createOnce({
      clients: life.clients,
      call: createCall(settings),
      settings,
      retryRights: true,
      policy: life.policy,
    });
    expect(created).toMatchObject({ outcome: 'made' });
    const { UUID: uuid } = (created as { mapping: typeof mapping }).mapping;
    expect(await waitUntilWorking(life.clients, uuid, { enabled: true, textBefore: null }, life.policy)).toMatchObject({
      outcome: 'good',
      mapping: { State: 'Enabled', Topics: mapping.Topics },
    });
  },
);
