// Who is at the desk.
import { call } from './client'
import type { Me } from './types'

export function getMe(): Promise<Me> {
  return call('/me', { anonymous: true })
}

export function postLogin(login: string, password: string, code?: string): Promise<Me> {
  return call('/login', { method: 'POST', body: { login, password, code: code || null }, anonymous: true })
}

export function postLogout(): Promise<void> {
  return call('/logout', { method: 'POST', anonymous: true })
}
