import { createRequire } from 'node:module';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { workspaceRoot, type ServiceFolder } from '../service.folder.ts';
import { UserError } from '../user.error.ts';
import { absentPackages } from './absent.packages.ts';
import { licencesOf } from './licence.texts.ts';

/** What CommonJS packages expect to be there; some of them are called only through it. */
const commonJsNames = `\
import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);
const __filename = import.meta.filename;
const __dirname = import.meta.dirname;`;

/** The package of the API document's page is looked up at run time; only what the page loads, and how it is found. */
const page = 'swagger-ui-dist';
const pageFile =
  /^(?:package\.json|absolute-path\.js|LICENSE|swagger-ui(?:-bundle|-standalone-preset)?\.(?:css|js)|favicon-.+\.png)$/;

/**
 * Makes one file of a service and all it imports, out of what the compiler made of it: the bundler itself knows nothing of
 * the types that decorators record. Beside it goes what the service reads at run time, and the licences of what is in it.
 *
 * @param target gets dist/main.js, node_modules/swagger-ui-dist/, package.json, migrations/, health.js and LICENSES.txt
 */
export async function bundleService(
  { name, folder }: ServiceFolder,
  target: string,
): Promise<{ packages: number; bytes: number }> {
  const entry = join(folder, 'dist/main.js');
  if (!existsSync(entry)) throw new UserError(`${name} isn't built: run npm run build first.`);
  const outfile = join(target, 'dist/main.js');
  const { metafile } = await build({
    absWorkingDir: workspaceRoot,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    minify: true,
    // Injection goes by names of classes, and so do error messages.
    keepNames: true,
    legalComments: 'none',
    metafile: true,
    banner: { js: commonJsNames },
    external: absentPackages,
    alias: { jiti: join(import.meta.dirname, 'no.jiti.ts') },
    // One that is missing would only show when the service starts.
    logLevel: 'warning',
  });
  const inputs = Object.keys(metafile.inputs).map((path) => join(workspaceRoot, path));
  const licences = licencesOf(inputs);
  writeFileSync(join(target, 'LICENSES.txt'), licences.text);
  writeManifest(folder, target);
  cpSync(join(folder, 'migrations'), join(target, 'migrations'), { recursive: true });
  cpSync(join(import.meta.dirname, 'health.probe.js'), join(target, 'health.js'));
  copyPage(inputs, join(target, 'node_modules', page));
  return { packages: licences.packages, bytes: readFileSync(outfile).length };
}

/** Only what the service says of itself: dependencies are nobody's business at run time. */
function writeManifest(folder: string, target: string): void {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, unknown>;
  const { name, version, description, license, type } = manifest;
  mkdirSync(target, { recursive: true });
  writeFileSync(
    join(target, 'package.json'),
    `${JSON.stringify({ name, version, description, license, type, private: true }, null, 2)}\n`,
  );
}

function copyPage(inputs: readonly string[], target: string): void {
  const reader = inputs.find((path) => path.includes('/@nestjs/swagger/'));
  if (reader === undefined) return;
  const source = dirname(createRequire(reader).resolve(`${page}/package.json`));
  for (const file of readdirSync(source).filter((name) => pageFile.test(name)))
    cpSync(join(source, file), join(target, file));
}
