import type { Answers } from '../answers.js';

export const sts: Answers = {
  GetCallerIdentity: (_, snapshot) => ({ Account: snapshot.account, Arn: snapshot.caller, UserId: 'AIDAEXAMPLE' }),
};
