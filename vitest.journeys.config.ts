import { defineConfig } from 'vitest/config'

/** Browser journeys: one running stand for all, one journey after another. */
export default defineConfig({
  test: {
    include: ['test/{journeys,failures}/**/*.journey.ts'],
    globalSetup: ['test/journeys/support/setup.ts'],
    testTimeout: 90_000,
    hookTimeout: 90_000,
    pool: 'forks',
    fileParallelism: false,
  },
})
