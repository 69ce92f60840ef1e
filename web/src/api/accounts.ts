// Accounts, colleagues' profiles, tokens, and the trail of what was done.
import { call } from './client'
import type { Account, AccountChange, AccountRequest, ProfileRequest, StaffProfile, Token, TokenRow, TrailLine } from './types'

export function listAccounts(): Promise<Account[]> {
  return call('/accounts')
}

export function makeAccount(asked: AccountRequest): Promise<Account> {
  return call('/accounts', { method: 'POST', body: asked })
}

export function changeAccount(id: string, change: AccountChange): Promise<Account> {
  return call(`/accounts/${encodeURIComponent(id)}`, { method: 'POST', body: change })
}

export function changePassword(current: string, password: string): Promise<void> {
  return call('/me/password', { method: 'POST', body: { current, password } })
}

export function listProfiles(): Promise<StaffProfile[]> {
  return call('/users/profiles')
}

export function putProfile(id: string, profile: ProfileRequest): Promise<StaffProfile> {
  return call(`/users/${encodeURIComponent(id)}/profile`, { method: 'POST', body: profile })
}

export function listTokens(): Promise<TokenRow[]> {
  return call('/tokens')
}

export function makeToken(name: string, role: string, days: number): Promise<Token> {
  return call('/tokens', { method: 'POST', body: { name, role, days } })
}

export function revokeToken(id: string): Promise<void> {
  return call(`/tokens/${encodeURIComponent(id)}`, { method: 'DELETE' })
}

export function getTrail(target?: string): Promise<TrailLine[]> {
  return call('/trail', { query: { target } })
}
