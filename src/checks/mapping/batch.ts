import { defineCheck, fail, pass } from '../define.js';

export default defineCheck({
  id: 'mapping.batch',
  title: 'Batch size or batching window is out of range',
  severity: 'error',
  stage: 'mapping',
  needs: ['mapping'],
  judge({ mapping: { UUID: uuid, BatchSize: size, MaximumBatchingWindowInSeconds: window } }) {
    // Ranges: API reference, CreateEventSourceMapping.
    const facts = [
      ...(size !== undefined && (size < 1 || size > 10_000) ? [`BatchSize is ${size}; it goes from 1 to 10,000`] : []),
      ...(window !== undefined && (window < 0 || window > 300) ? [`MaximumBatchingWindowInSeconds is ${window}; it goes from 0 to 300`] : []),
    ];
    return facts.length === 0 ? pass : fail({ uuid, facts });
  },
  describe: ({ uuid, facts }) => ({ title: 'The mapping’s batching is out of range', evidence: facts.map((fact) => ({ resource: uuid, fact })) }),
  fixes: ({ uuid }) => [
    {
      title: 'Set the batch size to its default',
      safety: 'care',
      changes: [{ service: 'lambda', operation: 'UpdateEventSourceMapping', input: { UUID: uuid, BatchSize: 100 }, undo: null }],
    },
  ],
});
