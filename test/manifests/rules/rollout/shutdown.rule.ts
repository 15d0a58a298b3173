import { componentOf } from '../../../kubernetes/pod.view.ts';
import { mustHold, valueAt } from '../field.check.ts';
import { fault, type Rule } from '../rule.contract.ts';
import { perPod } from '../rule.scope.ts';
import { variableOf } from '../configuration/variable.default.ts';

/** For the process to end and the kubelet to notice. */
const slackSeconds = 5;
/** Endpoints have to reach every node before the pod refuses. */
const shortestPause = 5;

export const waitsForShutdown: Rule = {
  id: 'grace-period',
  title: 'A service pauses before it stops, and is given the time that its shutdown may take',
  row: 32,
  scanners: {},
  check: perPod((pod) => {
    const grace = valueAt(pod, '/spec/terminationGracePeriodSeconds');
    if (componentOf(pod) !== 'api') {
      return mustHold(
        pod,
        '/spec/terminationGracePeriodSeconds',
        (found) => Number(found) > 0,
        'say how long',
      );
    }
    return (pod.spec.containers ?? []).flatMap((container, index) => {
      const pause = Number(valueAt(container, '/lifecycle/preStop/sleep/seconds') ?? 0);
      const timeout = Number(variableOf(pod, container, 'SHUTDOWN_TIMEOUT_MS')) / 1000;
      const needed = pause + timeout + slackSeconds;
      return [
        ...(pause >= shortestPause
          ? []
          : [fault(`/spec/containers/${index}/lifecycle`, `pauses ${pause} s`, 'sleep in preStop')]),
        ...(Number(grace ?? 30) >= needed
          ? []
          : [fault('/spec/terminationGracePeriodSeconds', `is ${String(grace)}`, `set it to ${needed}`)]),
      ];
    });
  }),
};
