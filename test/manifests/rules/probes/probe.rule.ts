import { isDeepStrictEqual } from 'node:util';
import type { IProbe } from 'kubernetes-models/v1';
import type { Draft } from '../../../kubernetes/object.draft.ts';
import { isLongRunning } from '../../../kubernetes/pod.view.ts';
import { fault, type Rule } from '../rule.contract.ts';
import { perContainer } from '../rule.scope.ts';

const probes = ['startupProbe', 'livenessProbe', 'readinessProbe'] as const;
const handlers = ['httpGet', 'exec', 'tcpSocket', 'grpc'] as const;

/** An exec without a command runs nothing, and nothing succeeds. */
const asks = (probe: Draft<IProbe> | undefined): boolean =>
  handlers.some((handler) => probe?.[handler] !== undefined) &&
  (probe?.exec === undefined || (probe.exec.command ?? []).length > 0);

export const hasProbes: Rule = {
  id: 'three-probes',
  title: 'Every container that lasts has a startup, a liveness and a readiness probe',
  row: 23,
  scanners: {
    checkov: ['CKV_K8S_8', 'CKV_K8S_9'],
    kubeLinter: ['no-liveness-probe', 'no-readiness-probe'],
    kubeScore: ['pod-probes'],
    polaris: ['livenessProbeMissing', 'readinessProbeMissing'],
    kyverno: ['require-pod-probes'],
  },
  check: perContainer((view) =>
    isLongRunning(view)
      ? probes
          .filter((probe) => !asks(view.container[probe]))
          .map((probe) => fault(`/${probe}`, 'asks nothing', 'give it a handler'))
      : [],
  ),
};

export const probesDiffer: Rule = {
  id: 'probes-differ',
  title: 'Liveness and readiness ask different things',
  row: 23,
  scanners: { kubeScore: ['pod-probes-identical'], kyverno: ['ensure-probes-different'] },
  check: perContainer((view) => {
    const [liveness, readiness] = [view.container.livenessProbe, view.container.readinessProbe].map((probe) =>
      handlers.map((handler) => probe?.[handler]),
    );
    return isLongRunning(view) && isDeepStrictEqual(liveness, readiness)
      ? [fault('/readinessProbe', 'asks what liveness asks', 'ask whether it can serve')]
      : [];
  }),
};

export const probesReachPorts: Rule = {
  id: 'probe-ports-exist',
  title: 'Probes over the network go to a named port of their container, over HTTP to a path',
  row: 23,
  scanners: { kubeLinter: ['liveness-port', 'readiness-port', 'startup-port'] },
  check: perContainer(({ container }) => {
    const names = (container.ports ?? []).map(({ name }) => name);
    return probes.flatMap((probe) => {
      const { httpGet, tcpSocket } = container[probe] ?? {};
      const target = httpGet ?? tcpSocket;
      return [
        ...(target === undefined || names.includes(target.port as string)
          ? []
          : [fault(`/${probe}`, `goes to port ${String(target.port)}`, 'name a port of the container')]),
        ...(httpGet === undefined || httpGet.path !== undefined
          ? []
          : [fault(`/${probe}/httpGet/path`, 'is not set', 'say which')]),
      ];
    });
  }),
};

/** A cold start on a busy node. */
const shortestStart = 30;

export const startsPatiently: Rule = {
  id: 'startup-patience',
  title: 'A container has half a minute to start',
  row: 23,
  scanners: {},
  check: perContainer((view) => {
    if (!isLongRunning(view)) return [];
    const { periodSeconds = 10, failureThreshold = 3 } = view.container.startupProbe ?? {};
    return periodSeconds * failureThreshold >= shortestStart
      ? []
      : [fault('/startupProbe', 'gives up too early', `try for ${shortestStart} s`)];
  }),
};
