import { describe, expect, it } from 'vitest';
import type { Figures } from '../load/measured.stretch.ts';
import type { OutageResult } from './outage.part.ts';
import type { RevocationsResult } from './revocations.part.ts';
import { controlGoal, type Goal, outageGoals, revocationGoals, rotationGoals } from './rotation.goals.ts';
import type { RotationsResult } from './rotations.part.ts';

const figures: Figures = {
  title: 'a stretch',
  units: 1_000,
  unitsPerSecond: 100,
  failed: 0,
  failures: {},
  all: undefined,
  around: undefined,
};
const failed = (count: number, name: string): Figures => ({
  ...figures,
  failed: count,
  failures: { [name]: count },
});
const remains = { writes: 100, changes: 100, oldSessions: 0, liveRoles: 1 };
const span = { median: 0.1, max: 0.2 };
const rotations: RotationsResult = {
  ...remains,
  rotations: 100,
  without: figures,
  during: figures,
  ratio: 2,
  swapSeconds: span,
  drainSeconds: span,
  mostSessions: 10,
};
const revocations: RevocationsResult = {
  ...remains,
  revocations: 20,
  figures,
  unknownOutcomes: 0,
  replays: 40,
};
const unknown = { figures: failed(2, 'OutcomeUnknown 57P01'), unknownOutcomes: 2, changes: 101 };
const outage: OutageResult = {
  ...remains,
  figures,
  sealedSeconds: 15,
  failedWhileSealed: 0,
  timeline: [{ seconds: 6, what: 'STALE' }],
};

const missed = (goals: readonly Goal[]) => goals.filter(({ isMet }) => !isMet).length;
const ofRotations = (change: Partial<RotationsResult>) =>
  missed(rotationGoals('vault', { ...rotations, ...change }, { ratio: 2 }));
const ofRevocations = (change: Partial<RevocationsResult>, isTerminated: boolean) =>
  missed(revocationGoals('vault', { ...revocations, ...change }, isTerminated));
const ofOutage = (change: Partial<OutageResult>) => missed(outageGoals({ ...outage, ...change }));

describe('the goals of rotations', () => {
  it('are met by what should be', () => {
    expect(ofRotations({})).toBe(0);
    expect(ofRotations({ liveRoles: undefined })).toBe(0);
    expect(ofRevocations({}, false)).toBe(0);
    expect(ofRevocations(unknown, true)).toBe(0);
    expect(ofOutage({})).toBe(0);
  });

  it.each([
    ['a failed unit', { during: failed(1, 'DatabaseUnavailable 28P01') }],
    ['a failed unit without changes', { without: failed(1, 'DatabaseUnavailable 53300') }],
    ['no units at all', { during: { ...figures, units: 0 } }],
    ['a slower p99', { ratio: 2.01 }],
    ['a p99 that is no number', { ratio: Number.NaN }],
    ['one session too many', { mostSessions: 11 }],
    ['sessions that nobody saw', { mostSessions: 0 }],
    ['a session of an old role', { oldSessions: 1 }],
    ['a role too many', { liveRoles: 2 }],
    ['a write that is lost', { changes: 99 }],
    ['a write that is there twice', { changes: 101 }],
  ] satisfies [string, Partial<RotationsResult>][])('are missed with %s', (_, change) => {
    expect(ofRotations(change)).toBe(1);
  });

  it('allow unknown outcomes only where sessions were terminated, and only counted ones', () => {
    expect(ofRevocations(unknown, false)).toBe(2);
    expect(ofRevocations({ ...unknown, unknownOutcomes: 1 }, true)).toBe(1);
    expect(ofRevocations({ figures: failed(1, 'DatabaseUnavailable 57P01') }, true)).toBe(1);
    expect(ofRevocations({ ...unknown, changes: 103 }, true)).toBe(1);
  });

  it('want an outage that outlasts the lease, and nothing that fails', () => {
    expect(ofOutage({ timeline: [] })).toBe(1);
    expect(ofOutage({ figures: failed(120, 'DatabaseUnavailable 42P01') })).toBe(1);
  });

  it('want controls that fail by the hundreds', () => {
    expect(controlGoal(failed(100, 'error 42501')).isMet).toBe(true);
    expect(controlGoal(failed(99, 'error 42501'))).toMatchObject({
      isMet: false,
      found: expect.stringContaining('the control did not fail'),
    });
  });
});
