// Ends a test run with one plain line that any script can read, and one that says what was left out.
export default class ClosingLineReporter {
  onTestRunEnd(modules, errors) {
    const counts = { passed: 0, failed: errors.length, skipped: 0 }
    const reasons = new Set()
    for (const module of modules) {
      if (module.state() === 'failed' && module.errors().length > 0) counts.failed += 1
      for (const test of module.children.allTests()) {
        const { state, note } = test.result()
        if (state === 'passed' || state === 'failed' || state === 'skipped') counts[state] += 1
        if (state === 'skipped') reasons.add(note ?? test.parent?.name ?? module.moduleId)
      }
    }
    process.on('exit', () => {
      if (process.env.CI !== 'true')
        console.log(
          'Left out: tests that need PostgreSQL or Chromium (`bash .ci/run` installs and adds them) and long ones (`npm run test:nightly`).',
        )
      console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`)
    })
  }
}
