/** The page: its structure for an independent parser, the blocking hop, and the same bytes for the same snapshot. */
import { createHash } from 'node:crypto';
import { parse, type DefaultTreeAdapterTypes as Tree } from 'parse5';
import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../../src/diagnosis/diagnose.js';
import { mappingsOfDiagnosis } from '../../../../src/report/formats/from-doctor.js';
import { columns } from '../../../../src/report/formats/html/path-columns.js';
import type { Report } from '../../../../src/report/formats/report.js';
import { openAccount } from '../../../../src/sandbox/index.js';
import type { Snapshot } from '../../../../src/snapshot/snapshot.js';
import { loadRenderer } from '../../../../src/report/formats/index.js';
import { each, manyMappings } from '../../../accounts/many.js';
import { runInProcess } from '../../../cli/in-process.js';
import {
  finding,
  hostileProbe,
  hostileReport,
  mapping,
  rendered,
  reportWith,
  sandboxReports,
  style,
  templateReport,
} from '../support/reports.js';

const all = (node: Tree.Node): Tree.Element[] =>
  'childNodes' in node
    ? node.childNodes.flatMap((child) => ['tagName' in child ? [child] : [], all(child)].flat())
    : [];
const text = (node: Tree.Node): string =>
  'value' in node ? (node as Tree.TextNode).value : 'childNodes' in node ? node.childNodes.map(text).join('') : '';
const attribute = ({ attrs }: Tree.Element, name: string): string | undefined =>
  attrs.find((candidate) => candidate.name === name)?.value;
const elementsOf = (page: string): Tree.Element[] => {
  const errors: string[] = [];
  const tree = parse(page, { onParseError: ({ code }) => void errors.push(code) });
  // SVG closes its elements itself.
  expect(errors).toEqual([]);
  return all(tree);
};
const byClass = (elements: readonly Tree.Element[], name: string) =>
  elements.filter((element) => attribute(element, 'class')?.split(' ').includes(name) === true);

function doctorReport(snapshot: Snapshot): Report {
  const diagnosis = diagnose(snapshot);
  return reportWith({
    mappings: mappingsOfDiagnosis(diagnosis),
    source: { command: 'doctor', regions: [{ diagnosis, snapshot }] },
  });
}
const pageOf = async (account: string) =>
  elementsOf(await rendered(doctorReport(openAccount(account)!.snapshot()), 'html'));

describe('html', () => {
  test.each(sandboxReports())('%s: valid, every failing check, ids unique, links with targets', async (_, report) => {
    const page = await rendered(report, 'html');
    const elements = elementsOf(page);
    const headings = elements.filter(({ tagName }) => tagName === 'h1').map(text);
    expect(headings).toHaveLength(1);
    for (const { findings } of report.mappings)
      for (const { status, check } of findings) if (status === 'fail') expect(page).toContain(check);
    const ids = elements.flatMap((element) => attribute(element, 'id') ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    for (const element of elements) {
      const href = attribute(element, 'href');
      if (href?.startsWith('#') === true) expect(ids).toContain(href.slice(1));
      for (const name of ['aria-labelledby', 'aria-describedby'])
        for (const id of attribute(element, name)?.split(' ') ?? []) expect(ids).toContain(id);
    }
  });

  test.each(sandboxReports().slice(0, 12))('%s: the same bytes again', async (_, report) => {
    expect(await rendered(report, 'html')).toBe(await rendered(report, 'html'));
  });

  test('one file: nothing is loaded, and only its own script and style are allowed', async () => {
    const elements = elementsOf(await rendered(sandboxReports()[0]![1], 'html'));
    const policy = attribute(
      elements.find((element) => attribute(element, 'http-equiv') !== undefined)!,
      'content',
    )!;
    for (const kind of ['script', 'style'] as const) {
      const found = elements.filter(({ tagName }) => tagName === kind);
      expect(found).toHaveLength(1);
      const hash = createHash('sha256').update(text(found[0]!)).digest('base64');
      expect(policy).toContain(`${kind}-src 'sha256-${hash}'`);
    }
    expect(policy).toContain("default-src 'none'");
    expect(elements.filter((element) => attribute(element, 'src') !== undefined)).toEqual([]);
  });

  test.each([
    ['a diagnosis', () => hostileReport()],
    ['a probe', () => hostileProbe(false)],
    ['a probe from subnets', () => hostileProbe(true)],
  ])('hostile names in %s add no element and no attribute', async (_, make) => {
    const page = await rendered(make(), 'html');
    const elements = elementsOf(page);
    expect(elements.filter(({ tagName }) => ['img', 'iframe', 'object', 'base', 'form'].includes(tagName))).toEqual([]);
    expect(elements.filter(({ tagName }) => tagName === 'script')).toHaveLength(1);
    for (const { attrs } of elements)
      expect(attrs.filter(({ name }) => name.startsWith('on') || name === 'style')).toEqual([]);
    // oxlint-disable-next-line no-control-regex -- they are what is looked for
    expect(page).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u202e\ufffe]/);
  });

  test.each([
    ['nat-blackhole', 'network.aws-path', 'Route'],
    ['public-subnets', 'network.aws-path', 'NAT or endpoint'],
    ['no-sts-endpoint', 'network.aws-path', 'Route'],
    ['private-dns-off', 'network.endpoint-private-dns', 'NAT or endpoint'],
    ['endpoint-group', 'network.endpoint-ingress', 'Security group (inbound)'],
    ['endpoint-policy', 'network.endpoint-policy', 'NAT or endpoint'],
    ['vpc-dns-off', 'network.vpc-dns', 'NAT or endpoint'],
    ['https-egress', 'network.https-egress', 'Security group (outbound)'],
    ['no-self-reference', 'network.broker-ingress', 'Security group (inbound)'],
    ['broker-egress', 'network.broker-egress', 'Security group (outbound)'],
    ['acl-without-answers', 'network.nacl', 'Network ACL'],
    ['subnet-gone', 'network.subnet-capacity', 'Subnet'],
    ['no-addresses', 'network.subnet-capacity', 'Subnet'],
  ])('%s: %s blocks at %s', async (account, check, column) => {
    const hops = byClass(await pageOf(account), 'blocked').filter(({ tagName }) => tagName === 'g');
    expect(hops.length).toBeGreaterThan(0);
    const of = hops.filter((hop) => text(hop).includes(`(${check})`));
    expect(of.length).toBeGreaterThan(0);
    const names = columns.map((name, index) =>
      name === 'Security group' ? `${name} (${index === 1 ? 'outbound' : 'inbound'})` : name,
    );
    expect([...new Set(of.map((hop) => names[Number(attribute(hop, 'data-column'))]))]).toEqual([column]);
    // Not by colour alone, and explained for the keyboard.
    for (const hop of of) {
      expect(attribute(hop, 'tabindex')).toBe('0');
      expect(text(byClass(all(hop), 'sign')[0]!)).toMatch(/^✗\d$/);
      expect(text(all(hop).find(({ tagName }) => tagName === 'desc')!)).not.toBe('');
    }
  });

  test('a healthy account has no blocked hop', async () => {
    for (const [, report] of sandboxReports().filter(([, { mappings }]) =>
      mappings.every(({ verdict }) => verdict === 'healthy'),
    ))
      expect(byClass(elementsOf(await rendered(report, 'html')), 'blocked')).toEqual([]);
  });

  test.each([
    ['explicit-deny', 'denies', /"Sid": "NoReads"/],
    ['group-forgotten', 'missing', /"kafka-cluster:DescribeGroup"/],
    ['boundary', 'missing', /"kafka-cluster:Connect"/],
  ])('%s: the statement that is the reason (%s)', async (account, kind, json) => {
    const statements = byClass(await pageOf(account), 'statement');
    expect(statements.map((element) => attribute(element, 'class'))).toContain(`statement ${kind}`);
    expect(statements.map(text).join('')).toMatch(json);
  });

  test('1,000 mappings: at most 15 MB, the network path of a cluster once, one cause once', async () => {
    const snapshot = manyMappings({ mappings: 1000, clusters: 20, functions: 200 });
    const page = await rendered(doctorReport(snapshot), 'html');
    expect(page.length).toBeLessThan(15_000_000);
    expect(byClass(elementsOf(page), 'network')).toHaveLength(20);
  });

  test('many broken mappings: a pause before each while the plan is computed', async () => {
    const snapshot = manyMappings({ mappings: 60, clusters: 2, functions: 4 });
    each(snapshot.vpcEndpoints, (list) => void (list.length = 0));
    const pieces = [...(await loadRenderer('html'))(doctorReport(snapshot), style)];
    const start = pieces.findIndex((piece) => piece !== '');
    expect(pieces[start]).toMatch(/^<!doctype html>/);
    expect(start).toBeGreaterThanOrEqual(60);
  });

  test('a probe: each broker, its steps in order, where it stopped, and what it did not reach', async () => {
    const { stdout } = await runInProcess(['probe', '--sandbox', 'certificate-untrusted', '--output', 'html']);
    const elements = elementsOf(stdout);
    const figures = byClass(elements, 'probed');
    expect(figures).toHaveLength(3);
    const boxes = all(byClass(all(figures[0]!), 'row')[0]!).filter(({ tagName }) => tagName === 'li');
    expect(
      boxes.map((box) => [attribute(box, 'class'), text(all(box).find(({ tagName }) => tagName === 'b')!)]),
    ).toEqual([
      ['ok', 'dns'],
      ['ok', 'tcp'],
      ['failed stop', 'client-certificate'],
      ['unreached', 'api-versions'],
      ['unreached', 'metadata'],
      ['unreached', 'topic'],
      ['unreached', 'offsets'],
      ['unreached', 'fetch'],
    ]);
    expect(text(byClass(elements, 'outcomes')[0]!)).toMatch(
      /client-certificate [^]*the broker refuses the client certificate/,
    );
    expect(stdout).toContain('Lambda would show:</b> PROBLEM: Server failed to authenticate Lambda.');
  });

  test('a probe from the subnets: the services that each cannot reach, and its brokers', async () => {
    const words = ['probe', '--sandbox', 'nat-blackhole', '--from-vpc', '--yes', '--output', 'html'];
    const elements = elementsOf((await runInProcess(words)).stdout);
    const subnets = byClass(elements, 'subnet');
    expect(subnets).toHaveLength(3);
    for (const subnet of subnets) {
      expect(text(subnet)).toMatch(/cannot reach Lambda, STS/);
      expect(byClass(all(subnet), 'probed')).toHaveLength(5);
    }
  });

  test('a template: the location of each finding', async () => {
    const report = templateReport();
    const page = await rendered(report, 'html');
    for (const { findings } of report.mappings)
      for (const { status, location } of findings)
        if (status === 'fail' && location !== null) expect(page).toContain(`${location.file}:${location.line}:`);
  });

  test('a fix of a template has no command for an account', async () => {
    const page = await rendered(templateReport(), 'html');
    expect(page).toContain('Repair');
    expect(page).not.toMatch(/\baws iam /);
  });

  const headingsOf = async (report: Report): Promise<string[]> =>
    elementsOf(await rendered(report, 'html')).flatMap((element) =>
      ['title', 'h1'].includes(element.tagName) ? [text(element).replaceAll(/\s+/g, ' ').trim()] : [],
    );
  const healthyMapping = mapping({ id: 'A', name: 'A', verdict: 'healthy', answer: 'no check fails', findings: [] });
  const unknownMapping = { ...healthyMapping, verdict: 'unknown' as const, answer: 'not decidable from the input' };

  test.each([
    ['a healthy mapping', [healthyMapping], '? Unknown: No credentials were found.'],
    ['two healthy mappings', [healthyMapping, { ...healthyMapping, id: 'B' }], '? Unknown: No credentials were found.'],
    ['no mapping', [], '? Unknown: No credentials were found.'],
    ['an unknown mapping', [unknownMapping], '?unknown: A: No credentials were found.'],
  ] as const)('AWS could not be read, %s: the heading says so, once', async (_, mappings, heading) => {
    const report = reportWith({ command: 'lint', mappings, trouble: ['No credentials were found.'] });
    const [title, h1] = await headingsOf(report);
    expect(h1).toBe(heading);
    expect(title).toContain('No credentials were found.');
    const page = await rendered(report, 'html');
    expect(page.slice(page.indexOf('</h1>'))).not.toContain('No credentials');
    if (mappings[0]?.verdict === 'healthy') expect(page).toContain('no check fails');
  });
  test('AWS could not be read, and a mapping is broken: the cause is the heading, the reason follows', async () => {
    const report = reportWith({
      command: 'lint',
      mappings: [mapping({ name: 'A', verdict: 'broken', answer: 'no route' })],
      trouble: ['No credentials were found.'],
    });
    expect((await headingsOf(report))[1]).toContain('A: no route');
    const page = await rendered(report, 'html');
    expect(page.slice(page.indexOf('</h1>'), page.indexOf('</header>'))).toContain(
      'Unknown: No credentials were found.',
    );
  });
  test('one finding without a mapping is counted in the singular', async () => {
    const only = finding({
      check: 'template.syntax',
      location: { file: 'a.yaml', line: 1, column: 1, path: 'Resources.A' },
    });
    expect((await headingsOf(reportWith({ command: 'lint', mappings: [], findings: [only] })))[1]).toBe(
      '1 finding in files',
    );
  });

  test('known and suppressed findings in sections of their own', async () => {
    const report = reportWith({
      mappings: [
        mapping({
          findings: [
            finding(),
            finding({ check: 'network.nacl', isKnown: true }),
            finding({
              check: 'network.vpc-dns',
              suppression: { reason: 'planned', until: '2027-01-01', kind: 'external' },
            }),
          ],
        }),
      ],
    });
    const sections = elementsOf(await rendered(report, 'html')).filter(({ tagName }) => tagName === 'section');
    const section = (id: string) => text(sections.find((element) => attribute(element, 'id') === id)!);
    expect(section('baseline')).toContain('1 new, 1 known');
    expect(section('suppressed')).toContain('planned');
  });
});
