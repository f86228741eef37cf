/** SARIF: rules, results, locations, fingerprints. The published schema is checked in test/oracle/formats. */
import { describe, expect, test } from 'vitest';
import { toSarif } from '../../../src/report/formats/sarif.js';
import type { Report } from '../../../src/report/formats/report.js';
import {
  finding,
  hostileReport,
  mapping,
  rendered,
  reportWith,
  sandboxReports,
  style,
  templateReport,
} from './support/reports.js';

const runOf = (report: Report) => toSarif(report, style).runs[0]!;

describe('SARIF', () => {
  test.each(sandboxReports())('%s: a result for each failure, with its rule', (_, report) => {
    const { results = [], tool } = runOf(report);
    const { rules = [] } = tool.driver;
    const failing = report.mappings.flatMap(({ findings }) => findings.filter(({ status }) => status === 'fail'));
    expect(results.filter(({ level }) => level === 'error').map(({ ruleId }) => ruleId)).toEqual(
      failing.map(({ check }) => check),
    );
    for (const { ruleId, ruleIndex } of results) expect(rules[ruleIndex!]!.id).toBe(ruleId);
    for (const { id, helpUri, help } of rules) {
      expect(helpUri, id).toMatch(/^https:\/\/(?:docs\.aws\.amazon\.com|kafka\.apache\.org)\//);
      expect(help!.markdown).toContain(helpUri);
    }
    expect(new Set(results.map(({ partialFingerprints }) => partialFingerprints!['mskLambdaFinding/v1'])).size).toBe(
      results.length,
    );
  });

  test('two runs are the same bytes', async () => {
    expect(await rendered(templateReport(), 'sarif')).toBe(await rendered(templateReport(), 'sarif'));
  });

  test('a place in a template is below SRCROOT, with line and column', () => {
    const findings = ['app 1.yaml', '../a#b%.yaml', '/elsewhere/x.yaml', '-'].map((file) =>
      finding({
        location: { file, line: 48, column: 7, path: 'Resources.A' },
        related: [{ file, line: 50, column: 1, path: 'Resources.B' }],
      }),
    );
    const locations = runOf(reportWith({ findings })).results!.map((result) => result.locations![0]!.physicalLocation);
    expect(locations.map((location) => location!.artifactLocation)).toEqual([
      { uri: 'infrastructure/app%201.yaml', uriBaseId: 'SRCROOT' },
      { uri: 'a%23b%25.yaml', uriBaseId: 'SRCROOT' },
      { uri: 'file:///elsewhere/x.yaml' },
      { uri: 'stdin', uriBaseId: 'SRCROOT' },
    ]);
    expect(locations[0]!.region).toEqual({ startLine: 48, startColumn: 7 });
  });

  test('a fingerprint does not depend on text, line or evidence', () => {
    const of = (change: Parameters<typeof finding>[0], uuid = 'a') =>
      runOf(reportWith({ mappings: [mapping({ id: uuid, findings: [finding(change)] })] })).results![0]!
        .partialFingerprints;
    const at = (line: number, path: string) => ({ location: { file: 'a.yaml', line, column: 1, path } });
    expect(of({ title: 'other', evidence: [] })).toEqual(of({}));
    expect(of(at(1, 'Resources.A'))).toEqual(of(at(9, 'Resources.A')));
    expect(of(at(1, 'Resources.A'))).not.toEqual(of(at(1, 'Resources.B')));
    expect(of({}, 'b')).not.toEqual(of({}));
    expect(of({ check: 'network.nacl' })).not.toEqual(of({}));
  });

  test('another mapping that shares a resource, and another order, change no fingerprint', () => {
    const shared = finding({
      check: 'access.trust',
      location: { file: 'a.yaml', line: 3, column: 1, path: 'Resources.Role' },
    });
    const alone = (id: string) =>
      finding({
        check: 'access.logs',
        title: id,
        location: { file: 'a.yaml', line: 5, column: 1, path: 'Resources.Role' },
      });
    const prints = (ids: readonly string[]) => {
      const mappings = ids.map((id) => mapping({ id, name: id, findings: [shared, alone(id)] }));
      const { results = [] } = runOf(reportWith({ mappings, command: 'lint' }));
      return new Map(
        results.map(({ message, ruleId, partialFingerprints }) => [
          ruleId === 'access.trust' ? ruleId : message.text!.split('\n', 1)[0],
          partialFingerprints!['mskLambdaFinding/v1'],
        ]),
      );
    };
    const two = prints(['b', 'c']);
    for (const [what, print] of prints(['c', 'b'])) expect(two.get(what)).toBe(print);
    for (const [what, print] of two) expect(prints(['a', 'b', 'c']).get(what)).toBe(print);
    expect(new Set(two.values()).size).toBe(3);
  });

  test('an undecided check is a notification, not a problem', () => {
    const run = runOf(reportWith({ mappings: [mapping({ findings: [finding({ status: 'unknown' })] })] }));
    expect(run.results).toEqual([]);
    const [unexplained, undecided] = run.invocations![0]!.toolExecutionNotifications!;
    expect(undecided).toMatchObject({ level: 'warning', associatedRule: { id: 'network.aws-path', index: 0 } });
    expect(unexplained).toMatchObject({ level: 'error' });
  });

  test('AWS that could not be read', () => {
    const [invocation] = runOf(reportWith({ trouble: ['No credentials.'] })).invocations!;
    expect(invocation).toMatchObject({
      executionSuccessful: false,
      toolExecutionNotifications: [{ level: 'error', message: { text: 'No credentials.' } }],
    });
  });

  test('suppressed and known findings are marked', () => {
    const findings = [
      finding({ suppression: { reason: 'planned', until: '2099-01-01', kind: 'inSource' } }),
      finding({ check: 'network.nacl', isKnown: true }),
      finding({ check: 'network.vpc-dns' }),
    ];
    expect(runOf(reportWith({ mappings: [mapping({ findings })] })).results).toMatchObject([
      { suppressions: [{ kind: 'inSource', status: 'accepted', justification: 'planned (until 2099-01-01)' }] },
      { baselineState: 'unchanged' },
      { baselineState: 'new' },
    ]);
  });

  test('a message has no placeholder and no link from a name', () => {
    const { results } = runOf(hostileReport());
    for (const { message } of results!) {
      expect(message.text!.replaceAll('{{', '').replaceAll('}}', '')).not.toMatch(/[{}]/);
      expect(message.text).not.toContain('](');
    }
  });

  test('resources are logical locations', () => {
    const [result] = runOf(reportWith({ mappings: [mapping()] })).results!;
    expect(result!.locations![0]!.logicalLocations).toEqual([
      { fullyQualifiedName: mapping().id, name: 'order-handler ← orders', kind: 'mapping' },
      { fullyQualifiedName: 'subnet-0a1b2c3d4e5f60001', kind: 'resource' },
    ]);
  });
});
