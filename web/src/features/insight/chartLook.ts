// What all charts have in common: colors from the tokens, quiet axes, tooltips drawn on the canvas.
import type { InjectionKey } from 'vue'

export interface Look {
  ink: string
  strong: string
  line: string
  accent: string
  seal: string
  surface: string
  warn: string
  ok: string
  font: string
  still: boolean
  /** Of the chart, in pixels. */
  width: number
}

/** How a card asks the chart inside it for a picture. */
export const pictureKey: InjectionKey<(picture: () => string) => void> = Symbol('picture')

const TOKENS = { ink: '--ink-3', strong: '--ink', line: '--line', accent: '--accent', seal: '--seal', surface: '--surface', warn: '--warn', ok: '--ok' } as const

/** The colors of the tokens as the browser computes them in the scheme shown. */
export function lookOf(box: HTMLElement): Look {
  const probe = document.createElement('i')
  box.append(probe)
  const colors = Object.entries(TOKENS).map(([name, token]) => {
    probe.style.color = `var(${token})`
    return [name, getComputedStyle(probe).color]
  })
  probe.remove()
  const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches
  return { ...Object.fromEntries(colors), font: getComputedStyle(document.body).fontFamily, still, width: box.clientWidth } as Look
}

/** The frame of a chart; series and axes come on top. */
export function frameOf(look: Look): Record<string, unknown> {
  return {
    animation: !look.still,
    animationDuration: 300,
    aria: { enabled: true },
    textStyle: { fontFamily: look.font },
    grid: { left: 8, right: 12, top: 34, bottom: 4, containLabel: true },
    legend: { type: 'scroll', pageIconSize: 9, top: 0, left: 0, itemWidth: 14, itemHeight: 8, textStyle: { color: look.ink, fontFamily: look.font } },
    // Drawn on the canvas: the content security policy allows no styles inside markup.
    tooltip: { trigger: 'axis', renderMode: 'richText', backgroundColor: look.surface, borderColor: look.line, textStyle: { color: look.strong } },
  }
}

const FEW = 5
/** What the axis of values takes of the width, and what stays free between two names. */
const BESIDE = 70
const BETWEEN = 8

function roomOf(look: Look, names: number): number {
  return Math.max(48, Math.floor((look.width - BESIDE) / names) - BETWEEN)
}

export function categoryAxis(look: Look, data: string[], short: (label: string) => string = (label) => label): Record<string, unknown> {
  return {
    type: 'category',
    data,
    // A handful of names is always written out, on two lines where there is no room; of many days some are left out.
    axisLabel: { color: look.ink, formatter: short, ...(data.length <= FEW ? { interval: 0, width: roomOf(look, data.length), overflow: 'break', fontSize: 11 } : { hideOverlap: true }) },
    axisLine: { lineStyle: { color: look.line } },
    axisTick: { show: false },
  }
}

export function valueAxis(look: Look, format?: (value: number) => string): Record<string, unknown> {
  return { type: 'value', minInterval: format ? 0 : 1, axisLabel: { color: look.ink, ...(format ? { formatter: format } : {}) }, splitLine: { lineStyle: { color: look.line } } }
}

/** A day without its year, for axes. */
export function shortDay(day: string): string {
  return day.slice(5).replace('-', '/')
}
