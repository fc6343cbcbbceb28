/** SMS by SMPP 3.4: one session, bound when there is something to send, and bound anew after it was lost. */
import smpp, { type Pdu, type Session } from 'smpp'
import { type Transport, Undeliverable } from '../mail/index.ts'

const longestWait = 15_000
const enquireEvery = 30_000
/** Octets of one part; what is longer goes as a whole in `message_payload`. */
const longestPart = 140
const ucs2 = 0x08
const international = 1
const alphanumeric = 5
const isdn = 1

/** Wrong length, wrong destination: the centre will not change its mind. */
const permanentStatuses = [0x01, 0x0b]

/**
 * @param address `smpp://user:password@host:2775`, with `smpps:` over TLS
 * @param from the sender's name or number, as the centre allows it
 */
export function smppTransport(address: string, from: string): Transport {
  let bound: Promise<Session> | undefined
  const session = (): Promise<Session> => {
    bound ??= bind(new URL(address), () => {
      bound = undefined
    })
    return bound
  }
  return {
    channels: ['sms'],
    keepsBodies: false,
    deliver: async ({ recipient, text }) => {
      const { command_status: status } = await asked(await session(), 'submit_sm', messageOf(recipient, text, from))
      if (permanentStatuses.includes(status)) throw new Undeliverable(told('submit_sm', status))
      if (status !== 0) throw new Error(told('submit_sm', status))
    },
    close: () => void bound?.then((open) => open.close()).catch(() => {}),
  }
}

function bind(address: URL, onLost: () => void): Promise<Session> {
  const tls = address.protocol === 'smpps:'
  const session = smpp.connect({
    host: address.hostname,
    port: Number(address.port || (tls ? 3550 : 2775)),
    tls,
    auto_enquire_link_period: enquireEvery,
  })
  const lost = new Promise<never>((_, reject) => {
    session.on('error', (error: Error) => reject(error))
    session.on('close', () => reject(new Error('The SMS centre closed the connection')))
  })
  lost.catch(onLost)
  const answered = asked(session, 'bind_transmitter', {
    system_id: decodeURIComponent(address.username),
    password: decodeURIComponent(address.password),
  })
  return Promise.race([answered, lost])
    .then(({ command_status: status }) => {
      if (status !== 0) throw new Error(told('bind_transmitter', status))
      return session
    })
    .catch((error: unknown) => {
      session.destroy()
      onLost()
      throw error
    })
}

/** @throws when no answer comes in time */
async function asked(
  session: Session,
  command: 'bind_transmitter' | 'submit_sm',
  fields: Record<string, unknown>,
): Promise<Pdu> {
  const { promise, resolve, reject } = Promise.withResolvers<Pdu>()
  const onClose = () => reject(new Error('The SMS centre closed the connection'))
  const timer = setTimeout(() => {
    session.destroy()
    reject(new Error(`The SMS centre did not answer ${command}`))
  }, longestWait)
  session.once('close', onClose)
  const send = () => {
    if (!session[command](fields, resolve)) onClose()
  }
  if (command === 'bind_transmitter') session.once('connect', send).once('secureConnect', send)
  else send()
  try {
    return await promise
  } finally {
    clearTimeout(timer)
    session.off('close', onClose)
  }
}

function messageOf(recipient: string, text: string, from: string): Record<string, unknown> {
  const octets = Buffer.from(text, 'utf16le').swap16()
  return {
    source_addr_ton: /^\d+$/.test(from) ? international : alphanumeric,
    source_addr_npi: /^\d+$/.test(from) ? isdn : 0,
    source_addr: from,
    dest_addr_ton: international,
    dest_addr_npi: isdn,
    destination_addr: recipient.replace(/\D/g, ''),
    data_coding: ucs2,
    ...(octets.byteLength > longestPart ? { message_payload: octets } : { short_message: octets }),
  }
}

const told = (command: string, status: number): string =>
  `The SMS centre answered ${command} with status 0x${status.toString(16).padStart(8, '0')}`
