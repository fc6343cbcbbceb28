/** OpenAPI 3.1 from the same contracts that validate the calls: what is written here is what happens. */
import { z } from 'zod'
import type { ApiEndpoint } from './endpoint.ts'

type JsonObject = Record<string, unknown>

export function openApi(endpoints: readonly ApiEndpoint[], server: string, version: string): JsonObject {
  const paths: Record<string, JsonObject> = {}
  for (const endpoint of endpoints)
    paths[endpoint.path] = { ...paths[endpoint.path], [endpoint.method]: operation(endpoint) }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Кабинет',
      version,
      description:
        'Всё, что можно сделать на страницах кабинета. Программа приходит с токеном: Authorization: Bearer kab_…; его ' +
        'выпускают в профиле, и он может не больше, чем его владелец. Можно и войти: POST /api/v1/session, дальше ' +
        'cookie сеанса. Пароли, вторые факторы, сеансы, токены и контакты токеном не изменить. ' +
        'Небезопасные вызовы принимают заголовок Idempotency-Key; ошибки — application/problem+json (RFC 9457).',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: server }],
    paths,
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'kabinet_session' },
        token: { type: 'http', scheme: 'bearer', description: 'Токен из профиля: kab_ и 43 знака' },
      },
      schemas: { Problem: problemSchema },
    },
  }
}

function operation(endpoint: ApiEndpoint): JsonObject {
  return {
    operationId: operationId(endpoint),
    summary: endpoint.summary,
    ...(endpoint.tokens === 'own'
      ? { description: 'Токену — если при выпуске отмечено «Мои сообщения и заявки».' }
      : {}),
    tags: [endpoint.path.split('/')[3] ?? 'kabinet'],
    security: endpoint.needs === 'public' ? [] : [{ session: [] }, ...(endpoint.tokens ? [{ token: [] }] : [])],
    'x-permission': endpoint.needs,
    parameters: [...pathParameters(endpoint), ...queryParameters(endpoint), ...keyParameter(endpoint)],
    ...(endpoint.body
      ? { requestBody: { required: true, content: contentOf(endpoint, schemaOf(endpoint.body, 'input')) } }
      : {}),
    ...(endpoint.streamed ? { requestBody: { required: true, content: linesContent } } : {}),
    responses: {
      [endpoint.status]: endpoint.replies
        ? { description: 'Выполнено', content: json(schemaOf(endpoint.replies, 'output')) }
        : { description: 'Выполнено' },
      default: {
        description: 'Не выполнено',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  }
}

const linesContent = {
  'application/jsonl': {
    schema: {
      type: 'string',
      description: 'Строки JSON, по одному значению в строке: organisation, form, period, cell, value, base',
    },
  },
  'text/csv': { schema: { type: 'string', description: 'organisation;form;period;cell;value;base' } },
}

const operationId = ({ method, path }: ApiEndpoint): string =>
  method + path.replace('/api/v1', '').replaceAll(/[/{}-]+(\w?)/g, (_, letter: string) => letter.toUpperCase())

const pathParameters = ({ path, params }: ApiEndpoint): JsonObject[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => {
    const contract = params?.[name]
    const schema = contract
      ? schemaOf(contract, 'input')
      : { type: 'string', ...(/(^id|Id)$/.test(name) ? { format: 'uuid' } : {}) }
    return { name, in: 'path', required: true, schema }
  })

function queryParameters({ query }: ApiEndpoint): JsonObject[] {
  if (!(query instanceof z.ZodObject)) return []
  return Object.entries(query.shape).map(([name, contract]) => {
    const schema = contract as z.ZodType // as: the shape of a zod object holds zod types
    return { name, in: 'query', required: !schema.safeParse(undefined).success, schema: schemaOf(schema, 'input') }
  })
}

const keyParameter = ({ method }: ApiEndpoint): JsonObject[] =>
  method === 'get'
    ? []
    : [{ name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', maxLength: 200 } }]

const contentOf = ({ multipart }: ApiEndpoint, schema: JsonObject): JsonObject =>
  multipart ? { 'multipart/form-data': { schema } } : json(schema)

const json = (schema: unknown): JsonObject => ({ 'application/json': { schema } })

function schemaOf(contract: z.ZodType, io: 'input' | 'output'): JsonObject {
  const { $schema: _, ...schema } = z.toJSONSchema(contract, { io, unrepresentable: 'any' }) as JsonObject // as: JSON Schema is a JSON object
  return schema
}

const problemSchema: JsonObject = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'requestId'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string', description: 'Что случилось и что делать, по-русски' },
    status: { type: 'integer' },
    code: { type: 'string' },
    requestId: { type: 'string' },
    params: { type: 'object' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['field', 'code', 'text'],
        properties: { field: { type: 'string' }, code: { type: 'string' }, text: { type: 'string' } },
      },
    },
  },
}
