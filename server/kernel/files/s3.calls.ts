/** Signed calls to a store that speaks S3: repeated when the link breaks or the store is not itself, never for ever. */
import { type IncomingMessage, Agent as PlainAgent, request as plainRequest } from 'node:http'
import { Agent as SecureAgent, request as secureRequest } from 'node:https'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { AwsV4Signer } from 'aws4fetch'
import type { S3Settings } from '../settings.storage.ts'

export type S3Call = {
  method: 'GET' | 'HEAD' | 'PUT' | 'DELETE'
  /** Absent: the bucket itself. */
  key?: string
  query?: Record<string, string>
  /** Its hash is signed: the store refuses bytes that came changed. */
  body?: { sha256: string; size: number; open: () => Readable }
}

/** The reply's body has to be read or thrown away by whoever gets it. */
export type S3Reply = { status: number; headers: IncomingMessage['headers']; body: IncomingMessage }

export type Patience = {
  /** The most attempts at one call. */
  attempts: number
  /** Milliseconds before the second attempt; each further pause is three times as long. */
  pause: number
  /** Milliseconds in which nothing moves, after which an attempt is given up. */
  silence: number
  /** Milliseconds after which no further attempt begins. */
  total: number
}

export const usualPatience: Patience = { attempts: 4, pause: 200, silence: 10_000, total: 20_000 }

/** A person with a slow link reads a file at his own pace; meanwhile nothing moves here. */
const slowReader = 120_000

const emptyHash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
const passing = new Set([408, 429, 500, 502, 503, 504])

/** @returns a function that throws what the last attempt has thrown, or returns its reply, whatever its status */
export function s3Caller(settings: S3Settings, patience: Patience): (call: S3Call) => Promise<S3Reply> {
  const secure = settings.endpoint.startsWith('https:')
  const agent = secure ? new SecureAgent({ keepAlive: true }) : new PlainAgent({ keepAlive: true })
  // Its own time limit, for each call signed anew: a signature is good for some minutes only.
  const attempt = async (call: S3Call): Promise<S3Reply> => {
    const { url, headers } = await signed(settings, call)
    return new Promise((resolve, reject) => {
      const request = (secure ? secureRequest : plainRequest)(url, { method: call.method, headers, agent })
      request.setTimeout(patience.silence, () => request.destroy(new Error(`no answer in ${patience.silence} ms`)))
      request.once('error', reject)
      request.once('response', (body) => {
        request.setTimeout(slowReader)
        resolve({ status: body.statusCode ?? 0, headers: body.headers, body })
      })
      if (call.body) pipeline(call.body.open(), request).catch(reject)
      else request.end()
    })
  }
  return async (call) => {
    const began = Date.now()
    for (let number = 1; ; number += 1) {
      const last = number >= patience.attempts || Date.now() - began > patience.total
      try {
        const reply = await attempt(call)
        if (last || !passing.has(reply.status)) return reply
        reply.body.destroy()
      } catch (error) {
        if (last) throw error
      }
      await pause(patience.pause * 3 ** (number - 1) * (0.75 + Math.random() / 2))
    }
  }
}

async function signed({ region, key, secret, ...place }: S3Settings, call: S3Call) {
  const headers: Record<string, string> = { 'x-amz-content-sha256': call.body?.sha256 ?? emptyHash }
  if (call.body) headers['content-length'] = String(call.body.size)
  const signer = new AwsV4Signer({
    method: call.method,
    url: addressOf(place, call),
    headers,
    accessKeyId: key,
    secretAccessKey: secret,
    service: 's3',
    region,
  })
  const { url, headers: all } = await signer.sign()
  return { url, headers: Object.fromEntries(all) }
}

type Place = Pick<S3Settings, 'endpoint' | 'bucket' | 'pathStyle'>

function addressOf({ endpoint, bucket, pathStyle }: Place, { key = '', query }: S3Call): string {
  const url = new URL(endpoint)
  if (pathStyle) url.pathname = key === '' ? `/${bucket}` : `/${bucket}/${key}`
  else {
    url.hostname = `${bucket}.${url.hostname}`
    url.pathname = `/${key}`
  }
  for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value)
  return url.href
}

/** What a store says of its refusal: a word of its protocol, such as `NoSuchBucket`. */
export async function refusalOf({ status, body }: S3Reply): Promise<string> {
  const answer = await text(Readable.from(firstBytes(body))).catch(() => '')
  const code = /<Code>([A-Za-z0-9.]{1,60})<\/Code>/.exec(answer)?.[1]
  return code ? `${status} ${code}` : String(status)
}

async function* firstBytes(body: IncomingMessage): AsyncGenerator<Buffer> {
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > 65_536) return
    yield chunk
  }
}
