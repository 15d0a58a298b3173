#!/usr/bin/env node
// Plain JavaScript of any age: it has to run on the very Node versions it turns away.
var version = process.versions.node.split('.').map(Number);
if (version[0] > 24 || (version[0] === 24 && version[1] >= 11)) {
  import('../shell/program.js')
    .catch(function () {
      // In its own repository the sources run as they are.
      return import('../shell/program.ts');
    })
    .then(function (program) {
      return program.runProgram(process.argv.slice(2));
    });
} else {
  process.stderr.write(
    'This needs Node 24.11 or newer; this is Node ' +
      process.versions.node +
      '. Install Node 24 and try again.\n',
  );
  process.exitCode = 1;
}
