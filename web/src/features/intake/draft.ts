// What is being taken in, kept in this browser until the case is opened.
import { reactive, watch } from 'vue'
import type { Intake } from '@/api/cases'
import { draftOf, dropDraft, keepDraft } from '../draft/drafts'

const NAME = 'intake'

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
    return JSON.parse(draftOf(NAME) ?? '{}')
  } catch {
    return {}
  }
}

export function useIntakeDraft() {
  const draft = reactive<IntakeDraft>({ ...blank(), ...saved() })
  watch(draft, () => {
    const { channel: _, ...words } = draft
    if (Object.values(words).some(Boolean)) keepDraft(NAME, JSON.stringify(draft))
    else dropDraft(NAME)
  })
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
