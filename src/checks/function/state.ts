/** Judged in src/checks/function/support/state-judgement.ts. */
import { parseFunctionArn, qualifiedNameOf } from '../../aws/function-arn.js';
import type { Fix } from '../../fixes/fix.js';
import { manual } from '../support/secret-use.js';
import { defineCheck, fail, undecided, type Judgement } from '../define.js';
import { fixGone } from './support/gone-fixes.js';
import { commandsFor, manualTitles } from './support/state-fixes.js';
import { judgeState, type StateEvidence } from './support/state-judgement.js';

export default defineCheck({
  id: 'function.state',
  title: 'The function was deleted or cannot run',
  severity: 'error',
  stage: 'invoke',
  indicator: 'the function, its alias or its version does not exist, or its State is not Active',
  docs: [
    'https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-version-publishing.html',
  ],
  needs: ['mapping', 'function', 'works', 'observedError'],
  mayUse: ['publishedVersion'],
  judge({ mapping, function: configuration, works, observedError, publishedVersion }): Judgement<StateEvidence> {
    const resource = mapping.FunctionArn ?? mapping.UUID;
    const name = qualifiedNameOf(resource) ?? resource;
    if (configuration === null)
      return fail({
        reason: 'gone',
        resource,
        title: `Function ${name} does not exist`,
        fact: 'GetFunction finds no such function, version or alias',
        name: parseFunctionArn(resource)?.name ?? null,
        uuid: mapping.UUID,
      });
    const context = { resource, name, uuid: mapping.UUID, works, callFailed: observedError === 'function-call-failed' };
    // Without a qualifier Lambda invokes $LATEST.PUBLISHED, whatever the state of $LATEST.
    if (publishedVersion.is === 'unread')
      return undecided('the published version of the function could not be read', publishedVersion.missing);
    const invoked = publishedVersion.is === 'known' ? publishedVersion.value : configuration;
    return judgeState(invoked ?? configuration, context);
  },
  describe: ({ resource, title, fact }) => ({ title, evidence: [{ resource, fact }] }),
  kind: ({ reason }) => (reason === 'gone' ? 'gone' : undefined),
  fixes: ({ reason, resource, name, uuid }): Fix[] => {
    const { qualifier = null } = parseFunctionArn(resource) ?? {};
    if (reason === 'not-published' && name !== null && qualifier === null)
      return [
        {
          title: `Publish $LATEST.PUBLISHED of ${name} (starts managed instances, which are billed per hour)`,
          safety: 'care',
          changes: [
            {
              service: 'lambda',
              operation: 'PublishVersion',
              input: { FunctionName: name, PublishTo: 'LATEST_PUBLISHED' },
              undo: null,
            },
          ],
        },
      ];
    if (reason === 'gone' && name !== null) return fixGone(uuid, name, qualifier);
    return [manual(manualTitles[reason], commandsFor(reason, resource, uuid))];
  },
});
