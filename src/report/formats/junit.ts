/** JUnit XML as CI systems read it: a suite for each mapping, a case for each check, and one for the verdict. */
import Builder from 'fast-xml-builder';
import { visible as visibleText } from '../../text/visible.js';
import { isUnexplained, isUnread } from './grouped-findings.js';
import type { Renderer, Report, ReportFinding, ReportMapping } from './report.js';

/** XML also excludes two characters that are none. */
const visible = (text: string): string =>
  visibleText(text).replaceAll('\uFFFE', '\\ufffe').replaceAll('\uFFFF', '\\uffff');

/** `@` marks an attribute. */
interface Case {
  '@name': string;
  '@classname': string;
  '@time': string;
  skipped?: { '@message': string };
  error?: { '@message': string; '@type': string };
  failure?: { '@message': string; '@type': string; '#text': string };
  'system-out'?: string;
}

export const render: Renderer = (report) => {
  const suites = [
    ...(report.trouble.length === 0 ? [] : [suite('AWS', [troubleCase(report)], report)]),
    ...(report.findings.length === 0
      ? []
      : [
          suite(
            'files',
            report.findings.map((finding) => findingCase(finding, 'files')),
            report,
          ),
        ]),
    ...report.mappings.map((mapping) =>
      suite(
        mapping.name,
        [verdictCase(mapping, report), ...mapping.findings.map((finding) => findingCase(finding, mapping.name))],
        report,
      ),
    ),
  ];
  return builder.build({
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    testsuites: { '@name': `msk-lambda ${report.command}`, ...totals(suites), testsuite: suites },
  });
};

const builder = new Builder({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  format: true,
  suppressEmptyNode: true,
});

type Suite = ReturnType<typeof suite>;

function suite(name: string, cases: readonly Case[], { capturedAt }: Report) {
  const count = (member: 'failure' | 'error' | 'skipped') => cases.filter((each) => each[member] !== undefined).length;
  return {
    '@name': visible(name),
    '@tests': cases.length,
    '@failures': count('failure'),
    '@errors': count('error'),
    '@skipped': count('skipped'),
    '@time': '0',
    // JUnit has no time zone: UTC.
    ...(capturedAt === null ? {} : { '@timestamp': capturedAt.slice(0, 19) }),
    testcase: cases,
  };
}

function totals(suites: readonly Suite[]) {
  const sum = (member: '@tests' | '@failures' | '@errors') => suites.reduce((total, each) => total + each[member], 0);
  return { '@tests': sum('@tests'), '@failures': sum('@failures'), '@errors': sum('@errors'), '@time': '0' };
}

const troubleCase = ({ trouble }: Report): Case => ({
  ...head('AWS could be read', 'AWS'),
  error: { '@message': trouble.map(visible).join(' '), '@type': 'unread' },
});

/** Without it, a mapping would pass whose error no check explains. */
function verdictCase(mapping: ReportMapping, report: Report): Case {
  const { name, verdict, answer, lastProcessingResult } = mapping;
  const message = visible(answer);
  const shows = lastProcessingResult === null ? '' : `\nLambda reports: ${visible(lastProcessingResult)}`;
  return {
    ...head('verdict', name),
    ...(isUnexplained(mapping)
      ? { failure: { '@message': message, '@type': 'verdict', '#text': message + shows } }
      : {}),
    // The verdict of a template is often open until the deployment.
    ...(verdict === 'unknown' && !isUnread(mapping, report) ? { skipped: { '@message': message } } : {}),
    ...(isUnread(mapping, report) ? { error: { '@message': message, '@type': 'unknown' } } : {}),
    ...(verdict === 'unknown' || isUnexplained(mapping) ? {} : { 'system-out': `${verdict}: ${message}${shows}` }),
  };
}

function findingCase(finding: ReportFinding, className: string): Case {
  const { check, status, title, suppression, isKnown } = finding;
  const made = head(check, className);
  const text = textOf(finding);
  if (status === 'pass') return made;
  if (suppression !== null)
    return {
      ...made,
      skipped: { '@message': `suppressed until ${suppression.until}: ${visible(suppression.reason)}` },
      'system-out': text,
    };
  if (status === 'skip') return { ...made, skipped: { '@message': reasonOf(finding) } };
  if (status === 'unknown')
    return { ...made, skipped: { '@message': `could not check: ${visible(title)}` }, 'system-out': text };
  if (isKnown) return { ...made, skipped: { '@message': `known: ${visible(title)}` }, 'system-out': text };
  if (status === 'warn') return { ...made, 'system-out': `warning: ${text}` };
  return { ...made, failure: { '@message': visible(title), '@type': check, '#text': text } };
}

const head = (name: string, className: string) => ({
  '@name': name,
  '@classname': visible(className),
  '@time': '0',
});

const reasonOf = ({ title, evidence }: ReportFinding): string =>
  visible(evidence[0] === undefined ? title : evidence[0].fact);

const textOf = ({ title, evidence, fixes, location }: ReportFinding): string =>
  [
    visible(title),
    ...(location === null ? [] : [`at ${visible(location.file)}:${location.line}:${location.column}`]),
    ...evidence.map(({ resource, fact }) => visible(`- ${resource}: ${fact}`)),
    ...fixes.map((fix) => visible(`Fix: ${fix.title}`)),
  ].join('\n');
