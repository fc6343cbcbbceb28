import type { AppError, FieldProblem, Translate } from '../errors/index.ts'

/** Problem details (RFC 9457). `type` is a relative reference that names the error's code. */
export function problemReply(error: AppError, translate: Translate, requestId: string): Response {
  const body = {
    type: `/api/problems/${error.code}`,
    title: translate(error),
    status: error.status,
    code: error.code,
    requestId,
    ...(error.code === 'invalid-input' ? { errors: error.params.fields as FieldProblem[] } : {}), // as: InvalidInput's params
    ...(error.code === 'bug' ? {} : { params: withoutFields(error.params) }),
  }
  return Response.json(body, {
    status: error.status,
    headers: { 'Content-Type': 'application/problem+json; charset=utf-8', ...retryAfter(error), ...challenge(error) },
  })
}

export function retryAfter(error: AppError): Record<string, string> {
  if (error.status === 429 && error.params.seconds) return { 'Retry-After': String(error.params.seconds) }
  switch (error.code) {
    case 'busy':
      return { 'Retry-After': '5' }
    case 'files-unavailable':
    case 'no-connection':
      return { 'Retry-After': '30' }
    default:
      return {}
  }
}

/** What a program lacks (RFC 6750). */
function challenge({ code }: AppError): Record<string, string> {
  const realm = 'Bearer realm="kabinet"'
  if (code === 'token-refused') return { 'WWW-Authenticate': `${realm}, error="invalid_token"` }
  return code === 'sign-in-needed' ? { 'WWW-Authenticate': realm } : {}
}

const withoutFields = ({ fields: _fields, ...params }: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  params
