/** Fields that may be forgotten without a rule that objects: where, as patterns, and why that is no matter of rules. */
export const unjudgedFields: readonly {
  readonly kind: RegExp;
  readonly pointer: RegExp;
  readonly because: string;
}[] = [
  {
    kind: /^Role$/,
    pointer: /^\/rules(?:\/\d+(?:\/(?:resources|verbs)\/\d+)?)?$/,
    because: 'it takes rights away; who may do what is a table of its own',
  },
  {
    kind: /./,
    pointer: /^\/metadata\/labels\/secure-backend~1release$/,
    because: 'then a pipeline leaves the object as it is; test/access holds the label against its rights',
  },
  {
    kind: /^NetworkPolicy$/,
    pointer: /^\/spec\/(?:ingress|egress)(?:\/\d+(?:\/(?:from|to)\/\d+(?:\/namespaceSelector)?)?)?$/,
    because: 'it closes a way, or leads it into the own namespace; who reaches whom is a table of its own',
  },
  {
    kind: /^ConfigMap$/,
    pointer: /^\/data\/identities\./,
    because: 'without it Postgres has no roles, and nobody can log in',
  },
  {
    kind: /^(?:Deployment|StatefulSet)$/,
    pointer: /\/(?:revisionHistoryLimit|minReadySeconds|progressDeadlineSeconds|matchLabelKeys(?:\/\d+)?)$/,
    because: 'how a rollout goes; the defaults are as safe',
  },
  {
    kind: /./,
    pointer: /\/annotations(?:\/kubectl\.kubernetes\.io~1default-container)?$/,
    because: 'a convenience of kubectl',
  },
  {
    kind: /./,
    pointer: /Probe\/(?:periodSeconds|timeoutSeconds|failureThreshold)$/,
    because: 'the defaults are slower or stricter, not weaker',
  },
  {
    kind: /./,
    pointer: /Probe\/(?:httpGet\/scheme|exec\/command\/\d+)$/,
    because: 'a probe that asks wrongly fails at once',
  },
  {
    kind: /^StatefulSet$/,
    pointer: /\/lifecycle(?:\/postStart(?:\/exec(?:\/command(?:\/\d+)?)?)?)?$/,
    because: 'without it Postgres has no roles, and nobody can log in',
  },
  {
    kind: /^(?:Deployment|StatefulSet)$/,
    pointer: /\/containers\/\d+\/(?:env(?:\/\d+)?|args\/\d+)$/,
    because: 'the program refuses to start, or reads less; what it must have is asked for by rules',
  },
  {
    kind: /^StatefulSet$/,
    pointer: /\/emptyDir\/medium$/,
    because: 'on disk it is slower, not weaker; its size stays',
  },
  {
    kind: /^StatefulSet$/,
    pointer: /\/projected\/sources\/\d+(?:\/configMap\/(?:name|items(?:\/\d+)?))?$/,
    because: 'without it the API server is not reached, and nobody can log in',
  },
  { kind: /^Service$/, pointer: /\/appProtocol$/, because: 'a hint for gateways' },
  {
    kind: /^HorizontalPodAutoscaler$/,
    pointer: /^\/spec\/behavior/,
    because: 'how fast it scales, within bounds that are judged',
  },
];
