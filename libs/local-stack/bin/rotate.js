import { isNodeNewEnough } from './node.version.js';

if (isNodeNewEnough('npm run rotate')) {
  void import('../src/rotate/rotate.command.ts').then(function (rotate) {
    return rotate.runRotate(process.argv.slice(2));
  });
}
