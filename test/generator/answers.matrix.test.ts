import {
  refuseCallers,
  refuseNamespace,
  refuseOutbound,
  refuseRegistry,
} from 'generator-secure-backend/answers';
import { refuseNames } from 'generator-secure-backend/rename';
import { describe, expect, it } from 'vitest';
import { answerSets } from './answers.matrix.ts';

describe('the sets of answers', () => {
  it('are at least a dozen', () => {
    expect(answerSets.length).toBeGreaterThanOrEqual(12);
  });

  it.each(answerSets)('are what the generator takes: $title', ({ answers }) => {
    const refusals = [
      refuseNamespace(answers.namespace),
      refuseRegistry(answers.registry),
      ...answers.services.flatMap(({ name, resource, plural, callers, outbound }) => [
        refuseNames({ service: name, resource, ...(plural !== undefined && { plural }) }),
        refuseCallers(callers, name),
        refuseOutbound(outbound),
      ]),
    ];
    expect(refusals.filter(Boolean)).toEqual([]);
  });
});
