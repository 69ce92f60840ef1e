// Money as the server sends it, in the customs of the language.
import type { Money } from '@/api/types'

export function moneyText(money: Money, locale: string): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency: money.currency, currencyDisplay: 'narrowSymbol' })
  // Decimals go in as text: a number would lose cents of large amounts.
  return format.format(money.amount as unknown as number)
}
