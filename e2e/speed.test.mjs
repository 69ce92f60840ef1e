// How heavy and how quick the pages are, how still they stand, whether they leak, and how few keys lead from intake to a first answer.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { crowd } from './support/crowd.mjs'
import { logIn, openBrowser, openDesk, openPage } from './support/desk.mjs'
import { isCrowded, leastOf, paintAfter, weigh, workOf } from './support/measure.mjs'

const BUNDLE_BYTES = 300_000
const SHIFT = 0.02
const KEYS = 6
const FIRST_LOAD_MS = 1500
const SLOWED = 4
const INTERACTION_MS = 100
const ROWS = 100_000
const SWITCHES = process.env.TINGSU_LONG ? 1000 : 100
const GROWTH_BYTES = 4_000_000

let desk, browser

before(async () => {
  desk = await openDesk()
  browser = await openBrowser()
})

after(async () => {
  await browser?.close()
  await desk?.close()
})

test('the first pages need less than 300 kB of script and style', async (context) => {
  const page = await openPage(browser, desk)
  const sizes = []
  page.on('response', async (response) => {
    if (/\.(js|css)$/.test(new URL(response.url()).pathname)) sizes.push(response.body().then((body) => gzipSync(body).length))
  })
  await logIn(page)
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
  context.diagnostic(`${sizes.length} files, ${bytes} bytes after gzip`)
  assert.ok(bytes > 10_000 && bytes < BUNDLE_BYTES, `${bytes} bytes`)
  await page.settle()
})

test('the inbox is there 1.5 seconds after a first visit on a CPU slowed 4 times', async (context) => {
  const known = await openPage(browser, desk)
  await logIn(known)
  const storageState = await known.context().storageState()
  await known.settle()
  const visit = async () => {
    // A context of its own has seen no file before.
    const fresh = await browser.newContext({ storageState, locale: 'zh-CN', baseURL: desk.url, viewport: { width: 1440, height: 900 } })
    const page = await fresh.newPage()
    const client = await fresh.newCDPSession(page)
    await client.send('Performance.enable', { timeDomain: 'threadTicks' })
    await page.addInitScript(() => {
      new MutationObserver((_, observer) => {
        if (!document.querySelector('a.row')) return
        observer.disconnect()
        requestAnimationFrame(() => setTimeout(() => (window.loaded = performance.now())))
      }).observe(document, { childList: true, subtree: true })
    })
    await page.goto('/inbox?state=open')
    await page.waitForFunction(() => window.loaded)
    const passed = await page.evaluate(() => window.loaded)
    const worked = await workOf(client)
    await fresh.close()
    return { passed, worked, slowed: passed + (SLOWED - 1) * worked }
  }
  // The browser's own brake of 4 slows a page's work five to nine times where there are two processors. So the time is
  // reckoned: what passed, and three times more for all that the page itself had to do.
  let best = await visit()
  for (let at = 1; at < 6 && best.slowed >= FIRST_LOAD_MS; at += 1) {
    const next = await visit()
    if (next.slowed < best.slowed) best = next
  }
  context.diagnostic(`first load ${best.passed.toFixed(0)} ms, of which the page works ${best.worked.toFixed(0)} ms: ${best.slowed.toFixed(0)} ms on the slow CPU`)
  assert.ok(best.worked * SLOWED < FIRST_LOAD_MS, `the page works ${best.worked} ms`)
  assert.ok(best.slowed < FIRST_LOAD_MS || (await isCrowded()), `${best.slowed} ms`)
})

test('a list of 100,000 cases answers every key within a tenth of a second', async (context) => {
  const page = await openPage(browser, desk)
  await logIn(page)
  await crowd(page, ROWS)
  await page.goto('/inbox')
  await page.getByText('100,000 件').waitFor()
  const keys = { j: 'next', k: 'previous', PageDown: 'a page on', End: 'to the end', Home: 'to the beginning', x: 'mark' }
  for (const [key, name] of Object.entries(keys)) {
    const took = await leastOf(4, INTERACTION_MS, () => paintAfter(page, () => page.keyboard.press(key)))
    context.diagnostic(`${name}: ${took.toFixed(0)} ms`)
    assert.ok(took < INTERACTION_MS, `${name} takes ${took} ms`)
  }
  await page.keyboard.press('End')
  await page.locator('a.row[href="/cases/crowd-99999"]').waitFor()
  assert.ok((await page.locator('a.row').count()) < 60, 'rows that nobody sees are in the document')
  await page.settle()
})

test('going from case to case leaves nothing behind', async (context) => {
  const page = await openPage(browser, desk)
  await logIn(page)
  const client = await page.context().newCDPSession(page)
  const walk = async (times) => {
    for (let at = 0; at < times; at += 1) {
      await page.keyboard.press(at % 20 ? 'j' : 'Home')
      await page.keyboard.press('Enter')
      await page.locator('p.evidence').waitFor()
      await page.keyboard.press('u')
      await page.locator('a.row.selected').waitFor()
    }
  }
  await walk(15)
  const before = await weigh(client)
  await walk(SWITCHES)
  const now = await weigh(client)
  context.diagnostic(`${SWITCHES} cases: heap ${before.heap} → ${now.heap}, nodes ${before.nodes} → ${now.nodes}, listeners ${before.listeners} → ${now.listeners}`)
  assert.ok(now.heap - before.heap < GROWTH_BYTES, `the heap grew by ${now.heap - before.heap} bytes`)
  assert.ok(now.nodes < before.nodes * 1.5, `the document grew from ${before.nodes} to ${now.nodes} nodes`)
  assert.ok(now.listeners < before.listeners * 1.5, `listeners grew from ${before.listeners} to ${now.listeners}`)
  await page.settle()
})

test('nothing jumps while the inbox and a case load on a slow machine', async (context) => {
  const page = await openPage(browser, desk)
  await logIn(page)
  const client = await page.context().newCDPSession(page)
  await client.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  await page.addInitScript(() => {
    window.shift = 0
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value
    }).observe({ type: 'layout-shift', buffered: true })
  })
  const started = Date.now()
  await page.goto('/inbox?state=open')
  await page.locator('a.row').first().waitFor()
  context.diagnostic(`inbox after ${Date.now() - started} ms on a CPU slowed 4 times`)
  await page.waitForTimeout(500)
  const inbox = await page.evaluate(() => window.shift)
  const address = await page.locator('a.row').first().getAttribute('href')
  await page.goto(address)
  await page.locator('p.evidence').waitFor()
  await page.waitForTimeout(800)
  const one = await page.evaluate(() => window.shift)
  context.diagnostic(`layout shift: inbox ${inbox.toFixed(4)}, case ${one.toFixed(4)}`)
  assert.ok(inbox < SHIFT, `inbox shifts by ${inbox}`)
  assert.ok(one < SHIFT, `case shifts by ${one}`)
  await page.settle()
})

test('from the inbox to a first answer in six keys', async () => {
  const page = await openPage(browser, desk)
  await logIn(page)
  let keys = 0
  const press = async (key) => {
    keys += 1
    await page.keyboard.press(key)
  }
  await press('c')
  await page.locator('textarea').waitFor()
  await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA')
  keys += 1 // pasting
  await page.keyboard.insertText('快递三天没动,客服电话一直打不通,请尽快帮我查一下,急用。')
  await press('Control+Enter')
  await page.waitForURL('**/cases/**')
  await page.locator('p.evidence').waitFor()
  await press('a')
  await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA')
  await press('Control+Enter')
  await page.locator('.path li[aria-current=step]', { hasText: '已首响' }).waitFor()
  assert.ok(keys <= KEYS, `${keys} keys`)
  await page.settle()
})
