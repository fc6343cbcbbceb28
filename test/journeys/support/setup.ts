import type { TestProject } from 'vitest/node'
import { findBrowser } from './browser.ts'
import { startProgram } from './program.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of the running stand that all journeys share. */
    stand: string
    browser: string
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  project.provide('browser', findBrowser())
  const program = await startProgram()
  project.provide('stand', program.address)
  return () => program.stop()
}
