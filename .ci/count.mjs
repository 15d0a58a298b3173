// Adds up a run: steps that passed and failed, and the tests in each workspace's reports/vitest.json.
// Usage: node .ci/count.mjs PASSED FAILED EXIT_CODE_OF_NPM_TEST STARTED_IN_SECONDS
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const [stepsPassed, stepsFailed, testsExitCode, started] = process.argv.slice(2).map(Number);
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** The folders of all workspaces that have tests to run. */
function testedWorkspaces() {
  return readJson('package.json')
    .workspaces.flatMap((pattern) => {
      if (!pattern.endsWith('/*')) return [pattern];
      const parent = dirname(pattern);
      return readdirSync(parent).map((name) => join(parent, name));
    })
    .filter((folder) => existsSync(join(folder, 'package.json')))
    .filter((folder) => readJson(join(folder, 'package.json')).scripts?.test !== undefined);
}

/** What one report tells. A skipped test counts as failed: here everything has to run. */
function countReport(report) {
  if (!(report.startTime >= started * 1000)) throw new Error('the report is older than this run');
  if (!(report.numTotalTests > 0)) throw new Error('no test has run');
  const passed = report.numPassedTests;
  const unrun = report.numTotalTests - passed - report.numFailedTests;
  // A file that breaks before its first test has no failed test to show.
  const broken = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((result) => result.status === 'failed'),
  ).length;
  const failed = report.numFailedTests + unrun + broken;
  return { passed, failed: report.success ? failed : Math.max(failed, 1), unrun };
}

function countWorkspace(folder) {
  try {
    return countReport(readJson(join(folder, 'reports/vitest.json')));
  } catch (error) {
    return { passed: 0, failed: 1, problem: error.message };
  }
}

const total = { passed: stepsPassed, failed: stepsFailed };
let testsFailed = 0;
for (const folder of testedWorkspaces()) {
  const { passed, failed, unrun = 0, problem } = countWorkspace(folder);
  const notes = problem === undefined ? (unrun > 0 ? ` (${unrun} not run)` : '') : ` (${problem})`;
  console.log(`${folder}: ${passed} passed, ${failed} failed${notes}`);
  total.passed += passed;
  testsFailed += failed;
}
if (testsExitCode !== 0 && testsFailed === 0) {
  console.log(`npm test ended with ${testsExitCode} although no report shows a failure`);
  testsFailed = 1;
}
total.failed += testsFailed;
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
