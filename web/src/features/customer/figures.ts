// Figures on a customer's card.
import type { Money } from '@/api/types'

/** States in which a case needs nothing more. */
export const FINAL: readonly string[] = ['closed', 'followed_up', 'refused', 'withdrawn', 'merged']

/** The sums by currency, exact to the hundredth; sums of different currencies are never added. */
export function sumsOf(amounts: readonly Money[]): Money[] {
  const sums = new Map<string, bigint>()
  for (const { amount, currency } of amounts) sums.set(currency, (sums.get(currency) ?? 0n) + hundredthsOf(amount))
  return [...sums].map(([currency, sum]) => ({ amount: decimalOf(sum), currency }))
}

function hundredthsOf(amount: string): bigint {
  const [whole = '0', part = ''] = amount.split('.')
  const digits = `${whole}${part.padEnd(2, '0').slice(0, 2)}`
  return BigInt(digits)
}

function decimalOf(hundredths: bigint): string {
  const sign = hundredths < 0n ? '-' : ''
  const digits = String(hundredths < 0n ? -hundredths : hundredths).padStart(3, '0')
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
