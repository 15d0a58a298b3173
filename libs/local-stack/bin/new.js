import { isNodeNewEnough } from './node.version.js';

if (isNodeNewEnough('npm run new -- NAME')) {
  void import('../src/new/new.command.ts').then(function (command) {
    return command.runNew(process.argv.slice(2));
  });
}
