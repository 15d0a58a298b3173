// As much of kubectl and an API server as npm run secrets uses; the objects are files below FAKE_KUBECTL.
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

const { FAKE_KUBECTL: state, FAKE_KUBECTL_REFUSES: refuses } = process.env;
const args = process.argv.slice(2);
const flags = new Map(args.filter((arg) => arg.startsWith('--')).map((arg) => arg.slice(2).split('=')));
const [verb, ...names] = args.filter((arg) => !arg.startsWith('--'));
appendFileSync(join(state, 'calls.log'), `${args.join(' ')}\n`);

const fail = (message) => {
  process.stderr.write(`Error from server ${message}\n`);
  process.exit(1);
};
const folderOf = (namespace) => {
  const folder = join(state, namespace);
  return existsSync(folder) ? folder : fail(`(NotFound): namespaces "${namespace}" not found`);
};
const fileOf = (folder, kind, name) => join(folder, `${kind.toLowerCase()}.${name}.json`);
const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
const print = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);

function write(object) {
  if (refuses) fail(`(Forbidden): admission refused ${JSON.stringify(object)}`);
  const { kind, metadata } = object;
  const file = fileOf(folderOf(metadata.namespace), kind, metadata.name);
  const found = existsSync(file) ? read(file) : undefined;
  if (verb === 'create' && found) fail(`(AlreadyExists): "${metadata.name}" already exists`);
  if (verb === 'replace' && metadata.resourceVersion !== found?.metadata.resourceVersion)
    fail('(Conflict): the object has been modified');
  const resourceVersion = String(Number(found?.metadata.resourceVersion ?? 0) + 1);
  writeFileSync(file, JSON.stringify({ ...object, metadata: { ...metadata, resourceVersion } }));
}

const actions = {
  config: () => process.stdout.write('fake\n'),
  create: () =>
    names[0] === 'namespace' ? mkdirSync(join(state, names[1])) : write(JSON.parse(readFileSync(0, 'utf8'))),
  replace: () => write(JSON.parse(readFileSync(0, 'utf8'))),
  delete: () => {
    const folder = folderOf(flags.get('namespace'));
    for (const name of names) rmSync(fileOf(folder, ...name.split('/')));
  },
  get: () => {
    const folder = folderOf(flags.get('namespace') ?? names[0].replace('namespace/', ''));
    if (!flags.has('namespace')) return;
    const isList = names[0] === 'secrets,configmaps';
    const files = isList
      ? readdirSync(folder)
          .toSorted()
          .map((name) => join(folder, name))
      : names.map((name) => fileOf(folder, ...name.split('/'))).filter((file) => existsSync(file));
    // With --ignore-not-found, of several names that aren't there nothing is printed.
    if (files.length > 0 || isList) print({ kind: 'List', items: files.map(read) });
  },
};
actions[verb]();
