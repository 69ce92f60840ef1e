// Text tokens stand out from every surface they are used on, in light and in dark (WCAG 2.2 AA).
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('../src/ui/tokens.css', import.meta.url), 'utf8')
const PAIR = /--([a-z0-9-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g
const tokens = new Map([...css.matchAll(PAIR)].map(([, name, light, dark]) => [name!, [light!, dark!] as const]))

const SURFACES = ['paper', 'surface', 'surface-2']
const TEXTS = ['ink', 'ink-2', 'ink-3', 'accent', 'danger', 'warn', 'ok', 'info', 'seal-ink']
const FACETS = [...tokens.keys()].filter((name) => name.startsWith('facet-'))

function luminance(color: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = parseInt(color.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

function weak(pairs: [string, string][], least: number): string[] {
  return pairs.flatMap(([front, back]) =>
    [0, 1].flatMap((scheme) => {
      const ratio = contrast(tokens.get(front)![scheme]!, tokens.get(back)![scheme]!)
      return ratio < least ? [`${front} on ${back} (${scheme ? 'dark' : 'light'}): ${ratio.toFixed(2)}`] : []
    }),
  )
}

const all = (fronts: string[], backs: string[]) => fronts.flatMap((front) => backs.map((back): [string, string] => [front, back]))

describe('contrast', () => {
  it('is measured on tokens that exist', () => {
    expect([...SURFACES, ...TEXTS].filter((name) => !tokens.has(name))).toEqual([])
    expect(FACETS.length).toBe(10)
  })

  it('of text is at least 4.5 on every surface', () => {
    expect(weak(all(TEXTS, SURFACES), 4.5)).toEqual([])
  })

  it('of colored text is at least 4.5 on its own tint and on the button', () => {
    const tinted = ['danger', 'warn', 'ok', 'info', 'accent'].map((name): [string, string] => [name, `${name}-soft`])
    expect(weak([...tinted, ['on-accent', 'accent'], ['ink', 'found']], 4.5)).toEqual([])
  })

  it('of underlines and bars is at least 3 on every surface', () => {
    expect(weak(all(FACETS, SURFACES), 3)).toEqual([])
  })
})
