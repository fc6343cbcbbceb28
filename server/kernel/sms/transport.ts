import type { Transport } from '../mail/index.ts'
import type { SmsSettings } from '../settings.ts'
import { httpGateway } from './http-gateway.ts'
import { smppTransport } from './smpp.ts'

/** The way that the settings name; undefined when they name none. */
export function smsTransport({ url, ...settings }: SmsSettings): Transport | undefined {
  if (!url) return undefined
  return /^smpps?:/.test(url) ? smppTransport(url, settings.from) : httpGateway({ ...settings, url })
}
