/** The part of the package `smpp` that is used here; it brings no types. */
declare module 'smpp' {
  import type { EventEmitter } from 'node:events'
  import type { Server as NetServer } from 'node:net'

  export type Pdu = {
    command: string
    command_status: number
    sequence_number: number
    response: (fields?: Record<string, unknown>) => Pdu
    [field: string]: unknown
  }
  type Ask = (fields: Record<string, unknown>, answered: (pdu: Pdu) => void) => boolean

  export interface Session extends EventEmitter {
    bind_transmitter: Ask
    submit_sm: Ask
    unbind: Ask
    send: (pdu: Pdu) => boolean
    close: () => void
    destroy: () => void
  }
  export function connect(options: {
    host: string
    port: number
    tls: boolean
    auto_enquire_link_period: number
  }): Session
  export function createServer(listener: (session: Session) => void): NetServer
}
