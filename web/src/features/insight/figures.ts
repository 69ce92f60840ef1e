// Figures in words: the number, its interval, or the reason why there is none.
import type { Figure } from '@/api/types'

export type FigureKind = 'number' | 'percent' | 'points' | 'times' | 'money' | 'hours' | 'mark' | 'two'

const DIGITS: Record<FigureKind, number> = { number: 1, percent: 1, points: 1, times: 2, money: 0, hours: 1, mark: 2, two: 2 }

/** A number as people of the language read it; shares become percent. */
export function numberWords(value: number, kind: FigureKind, locale: string, least = 0): string {
  const scaled = kind === 'percent' || kind === 'points' ? value * 100 : value
  const most = Math.abs(scaled) >= 100 ? 0 : DIGITS[kind]
  const digits = { minimumFractionDigits: Math.min(least, most), maximumFractionDigits: most }
  const sign = kind === 'points' ? { signDisplay: 'exceptZero' as const } : {}
  const plain = new Intl.NumberFormat(locale, { ...digits, ...sign }).format(scaled).replace('-', '−')
  if (kind === 'percent') return `${plain}%`
  if (kind === 'times') return `×${plain}`
  return plain
}

/** The sum with the sign of its currency before it, as both languages write it; without one where none is known. */
export function withCurrency(words: string, currency: string | null | undefined, locale: string): string {
  if (!currency) return words
  const parts = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).formatToParts(0)
  const sign = parts.find(({ type }) => type === 'currency')?.value ?? currency
  return words.startsWith('−') ? `−${sign}${words.slice(1)}` : `${sign}${words}`
}

/** How many decimals a number shows. */
const decimals = (words: string) => words.match(/[.](\d+)/)?.[1]?.length ?? 0

/** The interval as `low – high`, both with as many decimals; empty without a number. */
export function intervalWords(figure: Figure, kind: FigureKind, locale: string): string {
  if (figure.low == null || figure.high == null) return ''
  const ends = [figure.low, figure.high]
  const least = Math.max(...ends.map((end) => decimals(numberWords(end, kind, locale))))
  return ends.map((end) => numberWords(end, kind, locale, least)).join(' – ')
}

/** The figure with all its numbers times a factor. */
export function scaled(figure: Figure, factor: number): Figure {
  const times = (value: number | null | undefined) => (value == null ? null : value * factor)
  return { ...figure, value: times(figure.value), low: times(figure.low), high: times(figure.high) }
}

/** A figure for tables and files: the number with its interval, or a dash. */
export function figureCell(figure: Figure, kind: FigureKind, locale: string): string {
  if (figure.value == null) return '–'
  const interval = intervalWords(figure, kind, locale)
  return numberWords(figure.value, kind, locale) + (interval && ` [${interval}]`)
}

/** Whether the whole interval lies on one side of a value, so that the difference is more than chance. */
export function isBeyond(figure: Figure, value: number): 'above' | 'below' | null {
  if (figure.low == null || figure.high == null) return null
  if (figure.low > value) return 'above'
  return figure.high < value ? 'below' : null
}
