import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { call, isAbort, Problem, queryString, surroundings } from './client'

let sent: { url: string; init: RequestInit & { headers: Headers } }

function answer(status: number, body: unknown): void {
  vi.stubGlobal('fetch', async (url: string, init: RequestInit & { headers: Headers }) => {
    sent = { url, init }
    return new Response(body === undefined ? null : JSON.stringify(body), { status })
  })
}

beforeEach(() => {
  surroundings.csrf = 'token'
  surroundings.language = 'en'
  surroundings.onUnauthorized = vi.fn()
})
afterEach(() => vi.unstubAllGlobals())

it('leaves out what is not set', () => {
  expect(queryString({ q: '退款', state: '', cursor: null, limit: 60 })).toBe('?q=%E9%80%80%E6%AC%BE&limit=60')
  expect(queryString({ q: undefined })).toBe('')
})

it('asks in the language of the person, and writes with the token and the version seen', async () => {
  answer(200, { ok: true })
  await call('/cases/x/commands', { method: 'POST', body: { command: 'agree' }, version: 7 })
  expect(sent.url).toBe('/api/v1/cases/x/commands')
  expect(Object.fromEntries(sent.init.headers)).toMatchObject({
    'accept-language': 'en',
    'content-type': 'application/json',
    'if-match': '"7"',
    'x-csrf-token': 'token',
  })
})

it('reads without the token', async () => {
  answer(200, {})
  await call('/cases')
  expect(sent.init.headers.has('x-csrf-token')).toBe(false)
})

it('hands on what the server says no to, field by field', async () => {
  answer(422, { title: 'wrong', status: 422, code: 'invalid', errors: [{ field: 'offers[0].amount', message: 'too many decimals' }] })
  const problem: Problem = await call<Problem>('/x').catch((error) => error)
  expect(problem).toBeInstanceOf(Problem)
  expect(problem.fields).toEqual({ 'offers[0].amount': 'too many decimals' })
})

it('names the status when the answer is no problem document', async () => {
  vi.stubGlobal('fetch', async () => new Response('<html>', { status: 502, statusText: 'Bad Gateway' }))
  const problem: Problem = await call<Problem>('/x').catch((error) => error)
  expect([problem.status, problem.message]).toEqual([502, 'Bad Gateway'])
})

it('tells of an ended session, but not where it was only asked for', async () => {
  answer(401, { title: 'no', status: 401 })
  await call('/me', { anonymous: true }).catch(() => undefined)
  expect(surroundings.onUnauthorized).not.toHaveBeenCalled()
  await call('/cases').catch(() => undefined)
  expect(surroundings.onUnauthorized).toHaveBeenCalledOnce()
})

it('tells a broken line from a call given up', async () => {
  vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('network')))
  const broken: Problem = await call<Problem>('/x').catch((error) => error)
  expect([broken.status, broken.code]).toEqual([0, 'offline'])
  vi.stubGlobal('fetch', async () => Promise.reject(new DOMException('given up', 'AbortError')))
  expect(isAbort(await call('/x').catch((error) => error))).toBe(true)
})
