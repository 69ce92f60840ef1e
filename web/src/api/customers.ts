// Customers over all channels.
import { call } from './client'
import type { CustomerCard } from './types'

export function getCustomer(id: string): Promise<CustomerCard> {
  return call(`/customers/${encodeURIComponent(id)}`)
}
