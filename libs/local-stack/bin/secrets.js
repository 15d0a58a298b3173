import { isNodeNewEnough } from './node.version.js';

if (isNodeNewEnough('npm run secrets')) {
  void import('../src/cluster-secrets/secrets.command.ts').then(function (secrets) {
    return secrets.runSecrets(process.argv.slice(2));
  });
}
