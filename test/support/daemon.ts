/** A real server that a test starts, and ends with every process it has made. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createConnection } from 'node:net'

export type Daemon = { start: () => Promise<void>; stop: () => Promise<void> }

/** @param args of the program, which must stay in the foreground and listen on `port` */
export function daemonOf(program: string, args: readonly string[], port: number): Daemon {
  let child: ChildProcess | undefined
  return {
    start: async () => {
      // In a group of its own: what serves a connection may outlive the process that was started.
      child = spawn(program, args, { stdio: 'ignore', detached: true })
      await listening(program, port)
    },
    stop: async () => {
      const running = child
      child = undefined
      if (!running?.pid) return
      await ended(running)
      await endGroup(running.pid)
    },
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  await new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })
}

/**
 * A server's process that still holds a mailbox open would find it changed behind its back and spoil its index for the
 * server that is started next.
 */
async function endGroup(group: number): Promise<void> {
  for (let look = 0; look < 200; look += 1) {
    if (!signalled(group)) return
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error('A process of the server does not end')
}

/** False when there is nobody left. */
function signalled(group: number): boolean {
  try {
    return process.kill(-group, 'SIGKILL')
  } catch {
    return false
  }
}

async function listening(program: string, port: number): Promise<void> {
  for (let look = 0; look < 600; look += 1) {
    if (await accepts(port)) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`${program} does not listen`)
}

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
