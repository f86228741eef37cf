import { readCloudFormation } from './src/template/cloudformation/read-templates.js';
import { deploy } from './src/template/deploy/deploy.js';
import { findingsAmong } from './src/diagnosis/diagnose.js';
import { readFileSync } from 'node:fs';
const scope = { partition: 'aws', region: 'eu-west-1', account: '000000000000' };
const files = process.argv.slice(2);
const r = readCloudFormation(
  files.map((path) => ({ path, text: readFileSync(path, 'utf8'), format: 'cloudformation' as const })),
  { scope, parameters: {}, readBeside: () => null },
);
const d = deploy(r, scope, { standing: null, tool: { name: 'x', version: '1' }, now: new Date() });
const f = findingsAmong(d.snapshot);
for (const m of d.mappings) {
  console.log(m.resource.address, m.resource.locate([]).line);
  for (const x of f(m.mapping))
    if (x.status !== 'skip' && (x.status !== 'pass' || process.env.ALL))
      console.log(
        '  ',
        x.status,
        x.check,
        '|',
        x.title,
        x.status === 'unknown'
          ? x.evidence
              .map((e) => e.fact)
              .join('; ')
              .slice(0, 160)
          : '',
      );
}
