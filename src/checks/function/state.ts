import { qualifiedNameOf } from '../../aws/function-arn.js';
import { defineCheck, fail, pass, undecided, warn, type Judgement } from '../define.js';

interface Evidence {
  resource: string;
  title: string;
  fact: string;
  kind?: 'gone';
}

/** Lambda's codes for a key that cannot be used: KMSKeyAccessDenied, DisabledKMSKey, InvalidStateKMSKey (API reference, StateReasonCode). */
const aboutKey = /kms|\bkey\b/i;

export default defineCheck({
  id: 'function.state',
  title: 'The function is gone or cannot run',
  severity: 'error',
  stage: 'invoke',
  indicator: 'the function, its alias or its version is not there, or its State is Failed or Inactive',
  docs: ['https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html'],
  needs: ['mapping', 'function'],
  judge({ mapping, function: configuration }): Judgement<Evidence> {
    const resource = mapping.FunctionArn ?? mapping.UUID;
    const name = qualifiedNameOf(resource) ?? resource;
    if (configuration === null)
      return fail({
        resource,
        title: `Function ${name} is gone`,
        fact: 'Lambda answers that there is no such function, version or alias',
        kind: 'gone',
      });
    const { State: state, LastUpdateStatus: update } = configuration;
    const why = [configuration.StateReasonCode, configuration.StateReason].filter(Boolean).join(': ');
    const updateWhy = [configuration.LastUpdateStatusReasonCode, configuration.LastUpdateStatusReason]
      .filter(Boolean)
      .join(': ');
    const clause = (text: string) => (text === '' ? '' : `: ${text}`);
    if (state === 'Failed')
      return fail({ resource, title: `Function ${name} cannot run`, fact: `its state is Failed${clause(why)}` });
    // A key that cannot be used leaves a function Inactive for good; otherwise the next call wakes it (AWS: function states).
    if (state === 'Inactive' && aboutKey.test(why))
      return fail({ resource, title: `The key of function ${name} cannot be used`, fact: `it is Inactive: ${why}` });
    if (update === 'Failed' && aboutKey.test(updateWhy))
      return fail({
        resource,
        title: `The key of function ${name} cannot be used`,
        fact: `LastUpdateStatus is Failed: ${updateWhy}`,
      });
    if (state === 'Pending') return undecided(`the function is still being made${clause(why)}`);
    if (update === 'Failed')
      return warn({
        resource,
        title: `The last update of function ${name} failed`,
        fact: `LastUpdateStatus is Failed${clause(updateWhy)}; the code before it runs`,
      });
    return pass;
  },
  describe: ({ resource, title, fact }) => ({ title, evidence: [{ resource, fact }] }),
  kind: ({ kind }) => kind,
  fixes: () => [
    { title: 'Deploy the function again, or point the mapping at one that runs', safety: 'by-hand', changes: [] },
  ],
});
