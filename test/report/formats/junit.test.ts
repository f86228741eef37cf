/** JUnit XML: well-formed whatever the names are, with the counts that a CI system adds up. */
import { describe, expect, test } from 'vitest';
import {
  finding,
  hostileReport,
  mapping,
  rendered,
  reportWith,
  sandboxReports,
  templateReport,
} from './support/reports.js';

/** The names of all elements, as they are closed. Throws where the text is no well-formed XML. */
function elementsOf(xml: string): string[] {
  const closed: string[] = [];
  const open: string[] = [];
  const body = xml.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>/, '');
  if (body === xml) throw new Error('no declaration');
  const tokens = /([^<]*)(?:<(\/?)([\w-]+)((?:\s[\w-]+="[^"<]*")*)\s*(\/?)>|$)/gy;
  for (const [, text, end, name, attributes, alone] of body.matchAll(tokens)) {
    for (const part of [text, attributes])
      if (/&(?!(?:amp|lt|gt|quot|apos);)|>|[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(part ?? ''))
        throw new Error(`raw character in ${part}`);
    if (name === undefined) break;
    if (end === '/') {
      if (open.pop() !== name) throw new Error(`</${name}> closes another element`);
      closed.push(name);
    } else if (alone === '/') closed.push(name);
    else open.push(name);
  }
  if (open.length > 0) throw new Error(`${open.join(', ')} not closed`);
  return closed;
}

const count = (xml: string, element: string) => elementsOf(xml).filter((name) => name === element).length;

describe('JUnit', () => {
  test.each(sandboxReports())('%s: a suite for each mapping, with its counts', async (_, report) => {
    const xml = await rendered(report, 'junit');
    expect(count(xml, 'testsuite')).toBe(report.mappings.length);
    const [, tests, failures, errors] = /<testsuites name="[^"]*" tests="(\d+)" failures="(\d+)" errors="(\d+)"/.exec(
      xml,
    )!;
    expect([count(xml, 'testcase'), count(xml, 'failure'), count(xml, 'error')].map(String)).toEqual([
      tests,
      failures,
      errors,
    ]);
    const failing = report.mappings.flatMap(({ findings }) => findings.filter(({ status }) => status === 'fail'));
    expect(count(xml, 'failure')).toBeGreaterThanOrEqual(failing.length);
  });

  test('a template', async () => {
    const xml = await rendered(templateReport(), 'junit');
    expect(xml).toContain('<testcase name="access.kafka-group"');
    expect(count(xml, 'failure')).toBeGreaterThan(3);
  });

  test('hostile names stay text', async () => {
    const xml = await rendered(hostileReport(), 'junit');
    expect(new Set(elementsOf(xml))).toEqual(
      new Set(['testsuites', 'testsuite', 'testcase', 'failure', 'error', 'skipped', 'system-out']),
    );
  });

  test('a mapping that is broken without a failing check fails', async () => {
    const xml = await rendered(
      reportWith({ mappings: [mapping({ findings: [finding({ status: 'pass' })] })] }),
      'junit',
    );
    expect(count(xml, 'failure')).toBe(1);
    expect(xml).toMatch(/<testcase name="verdict"[^>]*>\s*<failure/);
  });

  test('an unknown verdict is an error for doctor, and skipped for lint', async () => {
    const mappings = [mapping({ verdict: 'unknown', findings: [finding({ status: 'unknown' })] })];
    const [doctor, lint] = [
      await rendered(reportWith({ mappings }), 'junit'),
      await rendered(reportWith({ mappings, command: 'lint' }), 'junit'),
    ];
    expect([count(doctor, 'error'), count(doctor, 'skipped')]).toEqual([1, 1]);
    expect([count(lint, 'error'), count(lint, 'skipped')]).toEqual([0, 2]);
  });

  test('suppressed and known findings are skipped, with the reason', async () => {
    const findings = [
      finding({ suppression: { reason: 'accepted by the team', until: '2099-01-01', kind: 'external' } }),
      finding({ check: 'network.nacl', isKnown: true }),
    ];
    const xml = await rendered(reportWith({ mappings: [mapping({ findings, verdict: 'at-risk' })] }), 'junit');
    expect([count(xml, 'failure'), count(xml, 'skipped')]).toEqual([0, 2]);
    expect(xml).toContain('suppressed until 2099-01-01: accepted by the team');
  });

  test('AWS that could not be read is an error', async () => {
    const xml = await rendered(reportWith({ trouble: ['No credentials were found.'] }), 'junit');
    expect(xml).toMatch(/<testcase name="AWS could be read"[^>]*>\s*<error message="No credentials were found\."/);
  });
});
