// The one door to /api/v1: cookies, CSRF, language, preconditions and problem+json.
import { forgetEarly, takeEarly } from './early'
import type { ProblemBody } from './types'

const BASE = '/api/v1'
/** So long a repeatable write waits for its answer. */
const PATIENCE_MS = 20_000
/** The server could not be reached, or not do it now: the same write may be sent again later. */
const LATER = [0, 502, 503, 504]

/** The server said no, or could not be reached (status 0). */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly body: ProblemBody

  constructor(body: ProblemBody) {
    super(body.detail ?? body.title)
    this.status = body.status
    this.code = body.code ?? ''
    this.body = body
  }

  /** Whether the same request may do better later. */
  get isPassing(): boolean {
    return LATER.includes(this.status)
  }

  /** Everything that was said, each thing once; nothing when nobody was reached. */
  get words(): string {
    if (this.status === 0) return ''
    return [this.message, ...Object.values(this.fields).filter((words) => !this.message.includes(words))].join(' ')
  }

  /** The messages by field, for forms. */
  get fields(): Record<string, string> {
    return Object.fromEntries((this.body.errors ?? []).map((error) => [error.field, error.message]))
  }
}

/** What every call needs to know about its surroundings; set by the session and the language switch. */
export const surroundings = {
  csrf: '',
  language: 'zh-CN',
  onUnauthorized: () => {},
}

interface Options {
  method?: 'GET' | 'POST' | 'DELETE'
  query?: Record<string, string | number | undefined | null>
  body?: unknown
  version?: number
  signal?: AbortSignal
  /** Makes a write repeatable: sent again with the same key it has its effect once. Such a write does not wait for ever. */
  key?: string
  /** Goes out even while the page is being closed. */
  keepalive?: boolean
  /** A 401 is an answer here, not an expired session. */
  anonymous?: boolean
}

/** The query string of the values that are set, with its question mark. */
export function queryString(query: NonNullable<Options['query']>): string {
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') params.set(key, String(value))
  }
  const text = params.toString()
  return text ? `?${text}` : ''
}

function headersOf(options: Options): Headers {
  const headers = new Headers({ Accept: 'application/json', 'Accept-Language': surroundings.language })
  if (options.body !== undefined) headers.set('Content-Type', options.body instanceof Blob ? 'application/octet-stream' : 'application/json')
  if (options.method && options.method !== 'GET' && surroundings.csrf) headers.set('X-CSRF-Token', surroundings.csrf)
  if (options.version !== undefined) headers.set('If-Match', `"${options.version}"`)
  if (options.key) headers.set('Idempotency-Key', options.key)
  return headers
}

async function problemOf(response: Response, said: Promise<unknown>): Promise<Problem> {
  const plain: ProblemBody = { title: response.statusText, status: response.status }
  const body = (await said.catch(() => plain)) as ProblemBody
  return new Problem({ ...plain, ...body, status: response.status })
}

/** Sends a request, or takes the answer to the same question that was asked while the workbench was loading. */
async function ask(question: string, options: Options, init: RequestInit): Promise<{ response: Response; read: () => Promise<unknown> }> {
  if (options.method && options.method !== 'GET') forgetEarly()
  const early = await takeEarly(question, surroundings.language)
  if (early) {
    options.signal?.throwIfAborted()
    return { response: early.response, read: async () => early.body }
  }
  const response = await fetch(BASE + question, init)
  return { response, read: () => response.json() }
}

/** Calls the API; throws a Problem when the answer is no. */
export async function call<T>(path: string, options: Options = {}): Promise<T> {
  const init: RequestInit = { method: options.method ?? 'GET', headers: headersOf(options), credentials: 'same-origin', keepalive: options.keepalive ?? false }
  if (options.body !== undefined) init.body = options.body instanceof Blob ? options.body : JSON.stringify(options.body)
  if (options.signal) init.signal = options.signal
  else if (options.key) init.signal = AbortSignal.timeout(PATIENCE_MS)
  let answer: Awaited<ReturnType<typeof ask>>
  try {
    answer = await ask(path + queryString(options.query ?? {}), options, init)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new Problem({ title: 'offline', status: 0, code: 'offline' })
  }
  const { response, read } = answer
  if (response.ok) return (response.status === 204 ? undefined : await read()) as T
  if (response.status === 401 && !options.anonymous) surroundings.onUnauthorized()
  throw await problemOf(response, read())
}

/** Whether an error only says that the call was given up on purpose. */
export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError'
}
