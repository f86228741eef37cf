import { qualifiedNameOf } from '../../aws/function-arn.js';
import { defineCheck, fail, pass, skip, undecided } from '../define.js';
import { shell } from '../../text/shell.js';
import { functionGone } from '../support/words.js';

/** The only mode of tenant isolation (API reference, TenancyConfig). */
const perTenant = 'PER_TENANT';

export default defineCheck({
  id: 'function.tenancy',
  title: 'The function uses tenant isolation, so no event source mapping can invoke it',
  severity: 'error',
  stage: 'invoke',
  indicator: 'TenancyConfig of the function shows TenantIsolationMode PER_TENANT',
  docs: [
    'https://docs.aws.amazon.com/lambda/latest/dg/tenant-isolation.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/tenant-isolation-invoke.html',
    'https://docs.aws.amazon.com/lambda/latest/api/API_TenancyConfig.html',
  ],
  needs: ['mapping', 'function'],
  judge({ mapping, function: configuration }) {
    if (configuration === null) return skip(functionGone);
    const { FunctionArn: arn, FunctionName: name, TenancyConfig: tenancy } = configuration;
    const mode = tenancy?.TenantIsolationMode;
    if (mode === undefined) return pass;
    if (mode === perTenant) return fail({ uuid: mapping.UUID, arn, name: qualifiedNameOf(arn) ?? name, mode });
    return undecided(`this version does not know the tenant isolation mode ${mode}`);
  },
  describe: ({ arn, name, mode }) => ({
    title: `Function ${name} uses tenant isolation, so no event source mapping can invoke it`,
    evidence: [
      {
        resource: arn,
        fact: `TenantIsolationMode is ${mode}: each invocation needs a tenant id, but event source mappings send none`,
      },
    ],
  }),
  fixes: ({ uuid }) => [
    {
      title: 'Create a function without tenant isolation (it cannot be changed later) and update the mapping to it',
      safety: 'by-hand',
      changes: [],
      commands: [shell`msk-lambda update ${uuid} --function NEW_FUNCTION`],
    },
  ],
});
