import { openThrowawayVault, vaultMissing } from '@secure-backend/local-stack/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startContainer } from './container.run.ts';
import { openSurroundings, type Surroundings } from './image.surroundings.ts';
import { buildImage, imageMissing, ownTag, removeImages } from './image.tools.ts';

const tag = ownTag('vault');
const missing = imageMissing ?? vaultMissing();

describe.skipIf(missing)(
  `a container that takes its credentials from Vault${missing ? ` (${missing})` : ''}`,
  () => {
    let surroundings: Surroundings;
    let remove: () => Promise<void>;

    beforeAll(async () => {
      await buildImage(tag);
      const vault = await openThrowawayVault();
      surroundings = await openSurroundings(vault);
      remove = async () => {
        await surroundings.remove();
        await vault.remove();
        await removeImages(tag);
      };
    }, 900_000);
    afterAll(() => remove?.());

    it('migrates, then serves, drains and ends well', async () => {
      const { serving, migrating, api, management, statusOf } = surroundings;
      const migrated = await startContainer(tag, ['migrate'], migrating).ended;
      expect(migrated).toMatchObject({
        code: 0,
        output: expect.stringContaining('applied 0001-work-items') as string,
      });

      const container = startContainer(tag, [], serving);
      await expect.poll(() => statusOf(`${management}/readyz`), { timeout: 30_000 }).toBe(200);
      await expect(statusOf(`${api}/v1/work-items`)).resolves.toBe(200);
      container.stop();
      expect(await container.ended).toMatchObject({ code: 0 });
    }, 120_000);

    it('has nothing to migrate with when its login is refused, and says so', async () => {
      const wrong = '--env=VAULT_AUTH_MOUNT=elsewhere';
      const container = startContainer(tag, ['migrate'], [...surroundings.migrating, wrong]);
      await expect.poll(() => container.output(), { timeout: 30_000 }).toMatch(/elsewhere|403|denied/);
      container.stop();
      const { code, output } = await container.ended;
      expect(code).not.toBe(0);
      expect(output).not.toContain('applied');
    }, 120_000);
  },
);
