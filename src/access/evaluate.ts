/**
 * The result of one policy document for one request: whether a statement denies it, and for whom statements allow
 * it.
 */
import type { AccessAnswer, AccessRequest, Decision, Layer } from './access-question.js';
import { parseDocument } from './policy-document.js';
import { matchStatement } from './statement.js';
import { anyTrue, type TriState } from './tri-state.js';

/** The origin of a document: its layer, and its name or ARN. */
export interface PolicySource {
  layer: Layer;
  policy: string;
}

/** `allow`: for the principal itself; `allowAccount`: for its account, which delegates to the identity policies. */
export interface DocumentVerdict {
  deny: TriState;
  allow: TriState;
  allowAccount: TriState;
  /** The part of `allow` that applies to a session of the role. */
  allowSession: TriState;
  trace: Decision[];
}

/**
 * Evaluates every statement that applies, or may apply, to the request. An unparsable document may contain anything.
 */
export function evaluateStatements(text: string, request: AccessRequest, source: PolicySource): DocumentVerdict {
  const document = parseDocument(text);
  if ('unparsable' in document) {
    const decision: Decision = {
      ...source,
      effect: 'cannot-tell',
      statement: null,
      because: `the policy cannot be read: ${document.unparsable}`,
    };
    return { deny: 'unknown', allow: 'unknown', allowAccount: 'unknown', allowSession: 'unknown', trace: [decision] };
  }
  const verdict: DocumentVerdict = { deny: 'no', allow: 'no', allowAccount: 'no', allowSession: 'no', trace: [] };
  for (const statement of document.statements) {
    const decide = (effect: Decision['effect'], because: string) =>
      void verdict.trace.push({ ...source, effect, statement: statement.label, because });
    if (statement.effect === 'unreadable') {
      verdict.deny = anyTrue(verdict.deny, 'unknown');
      for (const side of ['allow', 'allowAccount', 'allowSession'] as const)
        verdict[side] = anyTrue(verdict[side], 'unknown');
      decide('cannot-tell', statement.because);
      continue;
    }
    const { direct, account, session } = matchStatement(statement, request, source.layer, document.variables);
    const side = statement.effect === 'deny' ? 'deny' : 'allow';
    verdict[side] = anyTrue(verdict[side], direct.is);
    if (side === 'allow') {
      verdict.allowAccount = anyTrue(verdict.allowAccount, account.is);
      verdict.allowSession = anyTrue(verdict.allowSession, session.is);
    }
    const strongest = direct.is !== 'no' ? direct : account;
    if (strongest.is === 'yes')
      decide(side, `${side === 'deny' ? 'denies' : 'allows'} ${request.action} on ${request.resource}`);
    if (strongest.is === 'unknown') decide('cannot-tell', `may ${side} ${request.action}: ${strongest.because}`);
  }
  return verdict;
}

/**
 * The decision of a single document (an endpoint's policy, a role's trust policy): a Deny wins, and without an Allow
 * the request is denied.
 */
export function evaluateDocument(document: string, request: AccessRequest, source: PolicySource): AccessAnswer {
  const { deny, allow, allowAccount, trace } = evaluateStatements(document, request, source);
  const answered = (answer: AccessAnswer['answer']): AccessAnswer => ({ answer, trace, missing: [] });
  const granted = anyTrue(allow, allowAccount);
  if (deny === 'yes') return answered('denied');
  if (granted === 'no') {
    trace.push({
      ...source,
      effect: 'no-match',
      statement: null,
      because: `no statement allows ${request.action} on ${request.resource}`,
    });
    return answered('denied');
  }
  return answered(deny === 'no' && granted === 'yes' ? 'allowed' : 'cannot-tell');
}
