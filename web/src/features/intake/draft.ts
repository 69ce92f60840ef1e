// What is being taken in, kept over a reload of the tab and gone when the tab is.
import { reactive, watch } from 'vue'
import type { Intake } from '@/api/cases'

const KEY = 'tingsu.intake'

export interface IntakeDraft {
  text: string
  channel: string
  title: string
  name: string
  phone: string
  product: string
  order: string
  site: string
  team: string
  batch: string
}

const blank = (): IntakeDraft => ({
  text: '',
  channel: 'phone',
  title: '',
  name: '',
  phone: '',
  product: '',
  order: '',
  site: '',
  team: '',
  batch: '',
})

function saved(): Partial<IntakeDraft> {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? '{}')
  } catch {
    return {}
  }
}

export function useIntakeDraft() {
  const draft = reactive<IntakeDraft>({ ...blank(), ...saved() })
  watch(draft, () => sessionStorage.setItem(KEY, JSON.stringify(draft)))
  function clear(): void {
    Object.assign(draft, blank())
  }
  return { draft, clear }
}

/** The request of a draft; fields left blank are left out. */
export function intakeOf(draft: IntakeDraft): Intake {
  const { text, channel, title, name, phone, product, order, site, team, batch } = draft
  const set = (fields: Record<string, string>) =>
    Object.fromEntries(Object.entries(fields).flatMap(([key, value]) => (value.trim() ? [[key, value.trim()]] : [])))
  const customer = set({ name, phone })
  const matter = set({ product, order, site, team, batch })
  return {
    text,
    channel,
    ...set({ title }),
    ...(Object.keys(customer).length ? { customer } : {}),
    ...(Object.keys(matter).length ? { matter } : {}),
  }
}
