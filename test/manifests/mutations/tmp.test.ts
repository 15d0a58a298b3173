import { it } from 'vitest';
import { deployables } from '../renderings/rendering.catalogue.ts';
import { deletionsOf } from './deletion.generator.ts';
import { rules } from '../rules/index.ts';

it('x', async () => {
  const seen = new Set<string>();
  let n = 0;
  const survivors: string[] = [];
  const t = performance.now();
  for (const [path, manifests] of await deployables())
    for (const d of deletionsOf(path, manifests, seen)) {
      n++;
      const m = d.manifests();
      if (!rules.some((r) => r.check(m).length > 0)) survivors.push(d.title);
    }
  console.log(survivors.join('\n'));
  console.log(n, survivors.length, performance.now() - t);
}, 120000);
