import { isNodeNewEnough } from './node.version.js';

if (isNodeNewEnough('npm start')) {
  void import('../src/start/start.command.ts').then(function (start) {
    return start.runStart(process.argv.slice(2));
  });
}
