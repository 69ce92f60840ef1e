// Words laid ready, with places that this case fills in.
import type { Case, Me } from '@/api/types'
import { absolute } from '@/ui/time'

/** The places a macro may name, in braces. */
export const PLACES = ['number', 'product', 'order', 'site', 'due', 'me'] as const

function factsOf(one: Case, me: Me | null, locale: string): Record<(typeof PLACES)[number], string> {
  const due = one.deadlines
    .filter(({ state }) => state === 'running' || state === 'near')
    .map(({ due_at }) => due_at)
    .sort()[0]
  return {
    number: one.number,
    product: one.matter.product ?? '',
    order: one.matter.order ?? '',
    site: one.matter.site ?? '',
    due: due ? absolute(due, locale) : '',
    me: me?.name ?? '',
  }
}

/** The words with what is known filled in; a place that nothing is known for stays, to be seen and filled in by hand. */
export function fillMacro(text: string, one: Case, me: Me | null, locale: string): string {
  const facts: Record<string, string> = factsOf(one, me, locale)
  return text.replace(/\{(\w+)\}/g, (place, name: string) => facts[name] || place)
}

/** The message with the signature under it, unless it is there already. */
export function signWords(words: string, signature: string): string {
  const sign = signature.trim()
  return !sign || words.trimEnd().endsWith(sign) ? words : `${words.trimEnd()}\n\n${sign}`
}
