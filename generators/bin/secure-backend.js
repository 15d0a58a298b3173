#!/usr/bin/env node
// Plain JavaScript of any age: it has to run on the very Node versions it turns away.
import { existsSync } from 'node:fs';

var version = process.versions.node.split('.').map(Number);
var sources = new URL('../shell/program.ts', import.meta.url);

if (version[0] > 24 || (version[0] === 24 && version[1] >= 11)) {
  // In its own repository the sources run as they are; the package holds only what was built.
  var program = existsSync(sources) ? sources.href : '../dist/generators/shell/program.js';
  void import(program).then(function (module) {
    return module.runProgram(process.argv.slice(2));
  });
} else {
  process.stderr.write(
    'This needs Node 24.11 or newer; this is Node ' +
      process.versions.node +
      '. Install Node 24 and try again.\n',
  );
  process.exitCode = 1;
}
