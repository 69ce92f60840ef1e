// The own account: sessions, password, second factor.
import { call } from './client'
import type { RecoveryCodes, SecondFactorOffer, SecondFactorState, SessionRow } from './types'

export function listSessions(): Promise<SessionRow[]> {
  return call('/me/sessions')
}

export function endSession(id: string): Promise<void> {
  return call(`/me/sessions/${encodeURIComponent(id)}`, { method: 'DELETE' })
}

export function changePassword(current: string, fresh: string): Promise<void> {
  return call('/me/password', { method: 'POST', body: { current, new: fresh } })
}

export function getSecondFactor(): Promise<SecondFactorState> {
  return call('/me/second-factor')
}

export function offerSecondFactor(password: string): Promise<SecondFactorOffer> {
  return call('/me/second-factor', { method: 'POST', body: { password } })
}

export function confirmSecondFactor(code: string): Promise<RecoveryCodes> {
  return call('/me/second-factor/confirm', { method: 'POST', body: { code } })
}

export function removeSecondFactor(password: string): Promise<void> {
  return call('/me/second-factor/remove', { method: 'POST', body: { password } })
}
