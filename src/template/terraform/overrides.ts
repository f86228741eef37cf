/** Override files: their blocks change blocks of the other files of the folder (Terraform: override files). */
import { posix } from 'node:path';
import type { Block, Body } from './body.js';

/** `override.tf`, `x_override.tf`, and the same in the JSON syntax. */
export const isOverride = (path: string): boolean =>
  /^(?:.*_)?override\.(?:tf|tofu)(?:\.json)?$/.test(posix.basename(path));

/** The body with the changes of the overrides, in their order. */
export const withOverrides = (body: Body, overrides: readonly Body[]): Body =>
  overrides.reduce((changed, override) => merged(changed, override), body);

function merged(body: Body, override: Body): Body {
  const changes = new Map(override.blocks.map((block) => [keyOf(block), block]));
  const locals = override.blocks.filter(({ type }) => type === 'locals');
  const known = new Set(body.blocks.map(keyOf));
  return {
    attributes: body.attributes,
    blocks: [
      ...body.blocks.map((block) => {
        if (block.type === 'locals') return withLocals(block, locals);
        const change = changes.get(keyOf(block));
        return change === undefined ? block : { ...block, body: mergedBody(block.body, change.body) };
      }),
      // Terraform refuses a change of what does not exist; locals may be new.
      ...override.blocks.filter((block) => !known.has(keyOf(block))),
    ],
  };
}

const keyOf = ({ type, labels }: Block): string => JSON.stringify([type, ...labels]);

const withLocals = (block: Block, locals: readonly Block[]): Block => ({
  ...block,
  body: {
    ...block.body,
    attributes: new Map(
      [...block.body.attributes].map(([name, attribute]) => [
        name,
        locals.map(({ body }) => body.attributes.get(name)).findLast((found) => found !== undefined) ?? attribute,
      ]),
    ),
  },
});

/** An argument replaces the same argument; nested blocks replace all blocks of their type. */
function mergedBody(body: Body, change: Body): Body {
  const types = new Set(change.blocks.map(nestedType));
  return {
    attributes: new Map([...body.attributes, ...change.attributes]),
    blocks: [...body.blocks.filter((block) => !types.has(nestedType(block))), ...change.blocks],
  };
}

const nestedType = ({ type, labels }: Block): string => (type === 'dynamic' ? (labels[0] ?? '') : type);
