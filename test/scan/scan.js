// Plain JavaScript of any age: it has to run on the very Node versions it turns away.
var version = process.versions.node.split('.').map(Number);

if (version[0] < 24 || (version[0] === 24 && version[1] < 11)) {
  process.stderr.write(
    'This needs Node 24.11 or newer; this is Node ' +
      process.versions.node +
      '. Run it as "npm run scan" after "npm ci", which brings Node 24 along on Linux and Windows.\n',
  );
  process.exitCode = 1;
} else {
  void import('./scan.command.ts').then(function (scan) {
    return scan.runScan(process.argv.slice(2));
  });
}
