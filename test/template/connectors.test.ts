/** SAM connectors: the permissions that they give to the role of a function count. */
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/template/resource.js';
import { get, healthy, lintTemplate, problems, type Template } from './support/healthy.js';
import { toSam } from './support/sam.js';

/** A SAM function whose mapping sends discarded records to a queue, without a permission of SAM’s own. */
function withQueue(change: (template: Template) => void = () => {}): Template {
  const template = toSam(healthy({ network: 'nat' }));
  template.Resources['Failed'] = { Type: 'AWS::SQS::Queue', Properties: {} };
  const { Events: events } = template.Resources['Handler']!.Properties as { Events: JsonObject };
  const event = (events['Mapping'] as JsonObject)['Properties'] as JsonObject;
  event['DestinationConfig'] = { OnFailure: { Destination: get('Failed') } };
  change(template);
  return template;
}
const link = (...permissions: string[]) => ({
  Type: 'AWS::Serverless::Connector',
  Properties: { Source: { Id: 'Handler' }, Destination: { Id: 'Failed' }, Permissions: permissions },
});

describe('a queue for discarded records', () => {
  test('without a connector', () => expect(problems(lintTemplate(withQueue()))).toEqual(['access.destination!']));
  test.each<[string, (template: Template) => void]>([
    ['a connector', ({ Resources }) => void (Resources['Link'] = link('Write'))],
    [
      'a connector in the function',
      ({ Resources }) => {
        const { Properties: properties } = link('Write');
        const { Source: _source, ...rest } = properties;
        Object.assign(Resources['Handler']!, { Connectors: { Link: { Properties: rest } } });
      },
    ],
    [
      'a connector that the function waits for',
      ({ Resources }) => {
        Resources['Link'] = link('Write');
        Resources['Failed']!.DependsOn = ['Link'];
      },
    ],
  ])('%s', (_, change) => expect(problems(lintTemplate(withQueue(change)))).toEqual([]));
  test('a connector that only reads', () =>
    expect(problems(lintTemplate(withQueue(({ Resources }) => void (Resources['Link'] = link('Read')))))).toEqual([
      'access.destination!',
    ]));
  test('a connector whose parts are wrong gives nothing', () => {
    for (const wrong of [
      {},
      { Properties: null },
      { Properties: { Source: 1, Destination: [], Permissions: 'Write' } },
    ]) {
      const template = withQueue();
      Object.assign(template.Resources, { Link: { Type: 'AWS::Serverless::Connector', ...wrong } });
      expect(problems(lintTemplate(template))).toEqual(['access.destination!']);
    }
  });
});
