import type { IDeployment, IStatefulSet } from 'kubernetes-models/apps/v1';
import type { IHorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import type { IJob } from 'kubernetes-models/batch/v1';
import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1';
import type {
  IClusterRoleBinding,
  IRole,
  IRoleBinding,
} from 'kubernetes-models/rbac.authorization.k8s.io/v1';
import type {
  IConfigMap,
  ILimitRange,
  INamespace,
  IResourceQuota,
  ISecret,
  IService,
  IServiceAccount,
} from 'kubernetes-models/v1';
import type { Manifest } from './manifest.ts';

/** What is judged may lack anything, required fields too. */
export type Draft<T> = T extends readonly (infer Item)[]
  ? readonly Draft<Item>[]
  : T extends object
    ? { readonly [Field in keyof T]?: Draft<T[Field]> }
    : T;

/** Kinds that rules look into; a ClusterRole is read like a Role. */
interface Kinds {
  ClusterRole: IRole;
  ClusterRoleBinding: IClusterRoleBinding;
  ConfigMap: IConfigMap;
  Deployment: IDeployment;
  HorizontalPodAutoscaler: IHorizontalPodAutoscaler;
  Job: IJob;
  LimitRange: ILimitRange;
  Namespace: INamespace;
  NetworkPolicy: INetworkPolicy;
  PodDisruptionBudget: IPodDisruptionBudget;
  ResourceQuota: IResourceQuota;
  Role: IRole;
  RoleBinding: IRoleBinding;
  Secret: ISecret;
  Service: IService;
  ServiceAccount: IServiceAccount;
  StatefulSet: IStatefulSet;
}

/** The objects of one kind. */
export const objectsOf = <Kind extends keyof Kinds>(
  manifests: readonly Manifest[],
  kind: Kind,
): Draft<Kinds[Kind]>[] =>
  manifests.filter((manifest) => manifest.kind === kind) as unknown as Draft<Kinds[Kind]>[];

/** What every object may have. */
export type AnyObject = Draft<Pick<INamespace, 'metadata'>> & { readonly kind?: string };

/** Every object, whatever its kind. */
export const anyObjects = (manifests: readonly Manifest[]): readonly AnyObject[] => manifests;

/** Like `nameOf`, for what may lack its name. */
export const titleOf = ({ kind, metadata }: AnyObject): string => `${kind}/${metadata?.name}`;

/** Whether two names stand in one namespace. */
export const inSameNamespace = (one: AnyObject, other: AnyObject): boolean =>
  one.metadata?.namespace === other.metadata?.namespace;
