// Customers over all channels, and their rights.
import { call } from './client'
import type { Consent, CustomerCard, CustomerPage } from './types'

const path = (id: string, rest = '') => `/customers/${encodeURIComponent(id)}${rest}`

export function listCustomers(query: Record<string, string>, cursor: string | null, signal: AbortSignal): Promise<CustomerPage> {
  return call('/customers', { query: { ...query, cursor }, signal })
}

export function getCustomer(id: string): Promise<CustomerCard> {
  return call(path(id))
}

/** Everything on file about a person, unmasked; asking is on record. */
export function exportPerson(id: string): Promise<unknown> {
  return call(path(id, '/export'))
}

export function correctPerson(id: string, correction: { name?: string; phone?: string; email?: string; reason: string }): Promise<CustomerCard> {
  return call(path(id, '/correct'), { method: 'POST', body: correction })
}

export function erasePerson(id: string, reason: string): Promise<{ cases: number }> {
  return call(path(id, '/erase'), { method: 'POST', body: { reason } })
}

export function putConsent(id: string, purpose: string, granted: boolean, note: string): Promise<Consent[]> {
  return call(path(id, '/consents'), { method: 'POST', body: { purpose, granted, note: note || undefined } })
}
