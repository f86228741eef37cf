/** Tags of mappings, which a snapshot does not hold. */
import type { Answers, Input } from '../answers.js';

export interface TagBook {
  answers: Answers;
  /** Stores the tags of a new mapping. */
  note(output: object, input: Input): void;
}

export function tagBook(): TagBook {
  const tags = new Map<string, Record<string, string>>();
  const add = (arn: string, more: unknown) =>
    void tags.set(arn, { ...tags.get(arn), ...(more as Record<string, string>) });
  return {
    note: (output, input) => {
      if (input['Tags'] !== undefined) add(String((output as Input)['EventSourceMappingArn']), input['Tags']);
    },
    answers: {
      ListTags: ({ Resource: arn }) => ({ Tags: tags.get(String(arn)) ?? {} }),
      TagResource: ({ Resource: arn, Tags: more }) => {
        add(String(arn), more);
        return {};
      },
      UntagResource: ({ Resource: arn, TagKeys: keys }) => {
        for (const key of keys as string[]) delete tags.get(String(arn))?.[key];
        return {};
      },
    },
  };
}
