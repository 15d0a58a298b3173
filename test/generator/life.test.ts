import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { kustomizeMissing } from '../kubernetes/kustomization.ts';
import { describe, expect, it } from 'vitest';
import { answerSets } from './answers.matrix.ts';
import { describeLife, lifeOf } from './life.steps.ts';

const [first] = answerSets;
const [service, slice] = ['purchase-approval-gateway', 'delivery-appointment'];

// All sets are in full/; this one has names longer in every part, and two services of which one calls the other.
describe.skipIf(kustomizeMissing)(`life${kustomizeMissing ? ` (${kustomizeMissing})` : ''}`, () => {
  describeLife({ ...lifeOf(first!), tested: [service] }, (workspace) => {
    const source = (): string => join(workspace().folder, 'apps', service, 'src', `${slice}s`);

    it('would not start with a module that is not in the bundle', async () => {
      const image = join(workspace().folder, 'image', service);
      writeFileSync(join(image, 'dist/main.js'), "import 'class-validator';\n", { flag: 'a' });
      const start = `node --permission --allow-fs-read=${image} --disable-proto=delete ${image}/dist/main.js`;
      expect(await workspace().failureOf(`${start} serve`)).toMatch(/ERR_MODULE_NOT_FOUND|ERR_ACCESS_DENIED/);
    });

    it('would not lint with a promise that nobody awaits', async () => {
      writeFileSync(join(source(), 'planted.ts'), 'export function plant() {\n  Promise.resolve(1);\n}\n');
      expect(await workspace().failureOf(`npm run lint -w ${service}`)).toMatch(/no-floating-promises/);
    });

    it('would neither typecheck nor pass its tests with one name left behind', async () => {
      renameSync(join(source(), `${slice}.schema.ts`), join(source(), 'work-item.schema.ts'));
      const left = new RegExp(`TS2307.*${slice}\\.schema`);
      expect(await workspace().failureOf(`npm run typecheck -w ${service}`)).toMatch(left);
      expect(await workspace().failureOf(`npm test -w ${service} -- ${slice}s`)).toMatch(`${slice}.schema`);
    });

    it('would not pass its proofs with a flow that no table knows', async () => {
      const policy = join(workspace().folder, 'k8s/services/orders-api/network-policy.yaml');
      writeFileSync(policy, '    - {}\n', { flag: 'a' });
      expect(await workspace().failureOf('npm test -w test -- truth.tables')).toMatch(
        /orders-api → internet:443 is ✓/,
      );
    });
  });
});
