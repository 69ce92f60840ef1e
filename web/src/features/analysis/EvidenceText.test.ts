import { renderToString } from '@vue/server-renderer'
import { createPinia } from 'pinia'
import { createSSRApp } from 'vue'
import { expect, it } from 'vitest'
import { i18n } from '@/i18n'
import EvidenceText from './EvidenceText.vue'

const render = (text: string, spans: { start: number; end: number; by: string }[], active: string | null = null) =>
  renderToString(createSSRApp(EvidenceText, { text, spans, active, quote: null }).use(createPinia()).use(i18n))

it('keeps hostile words as words', async () => {
  const html = await render('<img src=x onerror=alert(1)>我要退款', [{ start: 28, end: 32, by: 'motives' }])
  expect(html).not.toContain('<img')
  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;')
  expect(html).toMatch(/<mark[^>]*data-facets="motives"[^>]*>我要退款<\/mark>/)
})

it('shows only the facet in the light', async () => {
  const spans = [
    { start: 0, end: 2, by: 'motives' },
    { start: 2, end: 4, by: 'risks' },
  ]
  const html = await render('退款曝光', spans, 'risks')
  const [motives, risks] = html.match(/<mark[^>]*>/g) ?? []
  expect(motives).not.toContain('background-image')
  expect(risks).toContain('var(--facet-risks)')
})
