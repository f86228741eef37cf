/** The heading of a page: what the report comes to, which is never all-clear where something could not be read. */
import type { Report } from '../report.js';
import { html, sentence, type Value } from './markup.js';
import { unknownSign, verdictSign, verdictWords } from './verdicts.js';

export interface PageAnswer {
  /** The title of the document. */
  title: string;
  heading: Value;
  /** Reasons why AWS could not be read that the heading does not give. */
  unread: readonly string[];
  /** The heading is the answer of the only mapping. */
  isOfMapping: boolean;
}

type Answered = Pick<Report, 'mappings' | 'trouble' | 'findings'>;

/** `mappings`: most severe first. A broken mapping is broken whatever could not be read. */
export function pageAnswer(report: Answered): PageAnswer {
  const { mappings, trouble } = report;
  const [worst] = mappings;
  const [reason, ...others] = trouble;
  const isBroken = worst === undefined ? failuresIn(report) > 0 : worst.verdict === 'broken';
  if (reason === undefined || isBroken) return { ...verdictOf(report), unread: trouble };
  if (worst !== undefined && mappings.length === 1 && worst.verdict === 'unknown')
    return {
      title: `${worst.name}: ${reason}`,
      heading: html`${verdictSign('unknown')} ${worst.name}: ${sentence(reason)}`,
      unread: others,
      isOfMapping: true,
    };
  return {
    title: `Unknown: ${reason}`,
    heading: html`${unknownSign} Unknown: ${sentence(reason)}`,
    unread: others,
    isOfMapping: false,
  };
}

const failuresIn = ({ findings }: Answered): number =>
  findings.filter(({ status, suppression }) => status === 'fail' && suppression === null).length;

function verdictOf(report: Answered): Omit<PageAnswer, 'unread'> {
  const { mappings } = report;
  const [worst] = mappings;
  if (worst === undefined) {
    const failed = failuresIn(report);
    const title = failed > 0 ? `${failed} ${failed === 1 ? 'finding' : 'findings'} in files` : 'No mapping';
    return { title, heading: title, isOfMapping: false };
  }
  const { name, answer, verdict } = worst;
  if (mappings.length === 1)
    return {
      title: `${name}: ${answer}`,
      heading: html`${verdictSign(verdict)} ${name}: ${sentence(answer)}`,
      isOfMapping: true,
    };
  const count = mappings.filter((mapping) => mapping.verdict === verdict).length;
  const title =
    verdict === 'healthy'
      ? `All ${mappings.length} mappings are healthy`
      : `${count} of ${mappings.length} mappings ${count === 1 ? 'is' : 'are'} ${verdictWords[verdict]}`;
  return { title, heading: html`${verdictSign(verdict)} ${title}`, isOfMapping: false };
}
