// How heavy the first page is, how still it stands, and how few keys lead from intake to a first answer.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { logIn, openBrowser, openDesk, openPage } from './support/desk.mjs'

const BUNDLE_BYTES = 300_000
const SHIFT = 0.02
const KEYS = 6

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
