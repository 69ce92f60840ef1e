// The first day of a desk, and what anybody may know of it.
import { call } from './client'
import type { DemoFilled, DeskFacts, Me, SetupRequest } from './types'

export function getDesk(): Promise<DeskFacts> {
  return call('/desk', { anonymous: true })
}

export function nameOrganization(organization: string): Promise<DeskFacts> {
  return call('/desk', { method: 'POST', body: { organization } })
}

export function setUp(asked: SetupRequest): Promise<Me> {
  return call('/setup', { method: 'POST', body: asked, anonymous: true })
}

export function fillDemo(): Promise<DemoFilled> {
  return call('/setup/demo', { method: 'POST', body: {} })
}
