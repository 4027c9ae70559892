// Reads what ./test left in a folder (TRX files, vitest's JSON, the exit code of each step), prints every failure, and as
// the last line the count. A step that failed without a failed test of its own, such as a format check, counts as one failure.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2];
const tally = { passed: 0, failed: 0, skipped: 0 };
const failures = [];

const checks = readdirSync(folder).filter((file) => file.endsWith('.check'));
for (const file of checks.sort()) {
  const name = file.slice(0, -'.check'.length);
  const status = Number(readFileSync(join(folder, file), 'utf8'));
  const tests = name === 'vitest' ? readVitest(join(folder, 'vitest.json')) : readTrx(join(folder, `${name}.trx`));
  for (const test of tests) {
    tally[test.outcome]++;
    if (test.outcome === 'failed') {
      failures.push({ title: `${name}: ${test.name}`, detail: test.detail });
    }
  }

  if (status !== 0 && !tests.some((test) => test.outcome === 'failed')) {
    tally.failed++;
    failures.push({ title: `${name} ended with code ${status}`, detail: readLog(join(folder, `${name}.log`)) });
  }
}

for (const { title, detail } of failures) {
  console.log(`\nFAILED ${title}\n${detail.replace(/^/gm, '  ')}`);
}

if (tally.passed + tally.failed === 0) {
  console.log('\nFAILED no test ran');
}

console.log(`\n${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`);
process.exitCode = tally.failed > 0 || tally.passed === 0 ? 1 : 0;

function readTrx(path) {
  if (!existsSync(path)) {
    return [];
  }

  const xml = readFileSync(path, 'utf8');
  return [...xml.matchAll(/<UnitTestResult\b([^>]*?)(?:\/>|>([\s\S]*?)<\/UnitTestResult>)/g)].map(
    ([, attributes, body = '']) => ({
      name: text(/\btestName="([^"]*)"/.exec(attributes)?.[1]),
      outcome: { Passed: 'passed', NotExecuted: 'skipped' }[/\boutcome="([^"]*)"/.exec(attributes)?.[1]] ?? 'failed',
      detail: [...body.matchAll(/<(Message|StackTrace)>([\s\S]*?)<\/\1>/g)].map(([, , part]) => text(part)).join('\n'),
    }),
  );
}

function readVitest(path) {
  if (!existsSync(path)) {
    return [];
  }

  const { testResults } = JSON.parse(readFileSync(path, 'utf8'));
  return testResults.flatMap((file) => {
    const tests = file.assertionResults.map((test) => ({
      name: test.fullName,
      outcome: { passed: 'passed', failed: 'failed' }[test.status] ?? 'skipped',
      detail: test.failureMessages.join('\n'),
    }));
    // A file that does not even load has no tests to report.
    return tests.length > 0 || file.status === 'passed'
      ? tests
      : [{ name: file.name, outcome: 'failed', detail: file.message }];
  });
}

// The end of a log, and before it what broke outside of tests, such as a fixture's end: xunit tells of that in the log alone, among the lines of all tests.
function readLog(path, last = 40) {
  const log = existsSync(path) ? readFileSync(path, 'utf8').trimEnd() : '';
  const lines = log.split('\n').filter((line) => !line.startsWith('  Passed '));
  const outside = lines.slice(0, -last).filter((line) => /^\[xUnit\.net [^\]]*\] {5}/.test(line));
  return [...outside, ...lines.slice(-last)].join('\n');
}

function text(xml = '') {
  const named = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return xml.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (all, hex, decimal, name) =>
    hex
      ? String.fromCodePoint(parseInt(hex, 16))
      : decimal
        ? String.fromCodePoint(Number(decimal))
        : (named[name] ?? all),
  );
}
