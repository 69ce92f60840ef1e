// Pictures of every page in four variants, for people to look at: `cargo xtask screenshots [NAME…]`, into e2e/results/pages.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { logIn, openBrowser, openDesk, openPage, settle } from './support/desk.mjs'
import { PAGES } from './support/pages.mjs'

const FOLDER = fileURLToPath(new URL('results/pages', import.meta.url))
/** A page is shown whole, but no longer than this. */
const TALLEST = 3200
const VARIANTS = [
  { language: 'zh-CN', scheme: 'light', phone: false },
  { language: 'en', scheme: 'dark', phone: false },
  { language: 'zh-CN', scheme: 'dark', phone: true },
  { language: 'en', scheme: 'light', phone: true },
]
const wanted = process.argv.slice(2)

/** The height that shows all of the page: the part that scrolls inside it, and what stands around that. */
function wholeHeight(page) {
  return page.evaluate(() => {
    const main = document.querySelector('#main')
    return main ? innerHeight + main.scrollHeight - main.clientHeight : document.documentElement.scrollHeight
  })
}

async function keep(page, name) {
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' })
  const { width, height } = page.viewportSize()
  await page.setViewportSize({ width, height: Math.min(TALLEST, Math.max(height, await wholeHeight(page))) })
  await settle(page)
  await page.screenshot({ path: join(FOLDER, `${name}.png`) })
  await page.setViewportSize({ width, height })
}

async function keepProgress(page, label) {
  const path = await page.evaluate(async () => {
    const me = await (await fetch('/api/v1/me')).json()
    const { items } = await (await fetch('/api/v1/cases?state=open&limit=1')).json()
    const headers = { 'X-CSRF-Token': me.csrf, 'Content-Type': 'application/json' }
    return (await (await fetch(`/api/v1/cases/${items[0].id}/progress-link`, { method: 'POST', headers, body: '{}' })).json()).path
  })
  if (!path) return console.error(`progress ${label}: no link`)
  await page.goto(path)
  await page.locator('main h1').waitFor()
  await keep(page, `progress-${label}`)
}

async function keepVariant(browser, desk, variant) {
  const label = `${variant.language}-${variant.scheme}${variant.phone ? '-phone' : ''}`
  const page = await openPage(browser, desk, variant)
  await page.goto('/login')
  await page.locator('#login').waitFor()
  await keep(page, `login-${label}`)
  await logIn(page, 'admin')
  for (const { name, open, ready } of PAGES) {
    if (wanted.length && !wanted.some((word) => name.startsWith(word))) continue
    try {
      await open(page)
      await page.locator(ready).first().waitFor()
      await keep(page, `${name}-${label}`)
    } catch (error) {
      process.exitCode = 1
      console.error(`${name} ${label}: ${String(error).split('\n')[0]}`)
    }
  }
  if (!wanted.length || wanted.includes('progress')) await keepProgress(page, label)
  await page.context().close()
}

mkdirSync(FOLDER, { recursive: true })
const desk = await openDesk()
const browser = await openBrowser()
try {
  for (const variant of VARIANTS) await keepVariant(browser, desk, variant)
} finally {
  await browser.close()
  await desk.close()
}
