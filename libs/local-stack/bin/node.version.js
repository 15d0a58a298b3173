// Plain JavaScript of any age: it has to run on the very Node versions it turns away.

/** Whether this Node runs TypeScript sources as they are; says what to do when it doesn't. */
export function isNodeNewEnough(command) {
  var version = process.versions.node.split('.').map(Number);
  if (version[0] > 24 || (version[0] === 24 && version[1] >= 11)) return true;
  process.stderr.write(
    'This needs Node 24.11 or newer; this is Node ' +
      process.versions.node +
      '.\nRun "npm ci" in the root folder and then "' +
      command +
      '": on Linux and Windows it brings Node 24 along. Elsewhere install Node 24.\n',
  );
  process.exitCode = 1;
  return false;
}
