import * as admission from 'kubernetes-models/admissionregistration.k8s.io/v1';
import * as apps from 'kubernetes-models/apps/v1';
import * as autoscaling from 'kubernetes-models/autoscaling/v2';
import * as batch from 'kubernetes-models/batch/v1';
import * as networking from 'kubernetes-models/networking.k8s.io/v1';
import * as policy from 'kubernetes-models/policy/v1';
import * as rbac from 'kubernetes-models/rbac.authorization.k8s.io/v1';
import * as scheduling from 'kubernetes-models/scheduling.k8s.io/v1';
import * as storage from 'kubernetes-models/storage.k8s.io/v1';
import * as core from 'kubernetes-models/v1';

interface Model {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly prototype: { validate(this: object): void };
}

/** Groups and versions that manifests may use; custom resources would be listed here, each with a schema of its own. */
const groups = [core, apps, batch, autoscaling, networking, policy, rbac, scheduling, storage, admission];

const models = new Map(
  groups
    .flatMap((group) => Object.values(group) as unknown as Model[])
    .filter(({ apiVersion, kind }) => apiVersion !== undefined && kind !== undefined)
    .map((model) => [`${model.apiVersion} ${model.kind}`, model]),
);

/** What a validator finds, in words. */
export type Errors = readonly { readonly instancePath: string; readonly message?: string }[];

/** The validator of a kind, compiled from the OpenAPI document of Kubernetes; undefined for a kind that isn't listed. */
export function validatorOf(apiVersion: string, kind: string): ((object: object) => Errors) | undefined {
  const model = models.get(`${apiVersion} ${kind}`);
  if (model === undefined) return undefined;
  return (object) => {
    try {
      model.prototype.validate.call(object);
      return [];
    } catch (error) {
      const { errors } = error as { errors?: Errors };
      if (errors === undefined) throw error;
      return errors;
    }
  };
}
