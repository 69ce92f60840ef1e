// The real server on a free port with a database of its own, and a browser that notices what goes wrong.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { shrinkPng } from './png.mjs'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const START_MS = 180_000
const BROWSER_ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--lang=zh-CN',
]

export const PASSWORD = 'tingsu-demo'

/** Where pictures go: `TINGSU_SCREENSHOTS=docs` renews the README's, otherwise `e2e/results`. */
const forDocs = process.env.TINGSU_SCREENSHOTS === 'docs'
const pictures = join(ROOT, forDocs ? 'docs/images' : 'e2e/results')

function binary() {
  const candidates = [process.env.TINGSU_BIN, join(ROOT, 'target/release/tingsu'), join(ROOT, 'target/debug/tingsu')]
  const found = candidates.find((path) => path && existsSync(path))
  assert.ok(found, 'no tingsu binary: build it with `cargo build` or name it in TINGSU_BIN')
  return found
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}

async function untilReady(url, server, output) {
  const end = Date.now() + START_MS
  while (Date.now() < end) {
    assert.equal(server.exitCode, null, `the server ended early:\n${output()}`)
    const answer = await fetch(`${url}/readyz`).catch(() => null)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 150))
  }
  assert.fail(`the server was not ready within ${START_MS} ms:\n${output()}`)
}

/** A desk with demo data, or a new one without; `TINGSU_URL` takes one with demo data that already runs. */
export async function openDesk({ demo = true } = {}) {
  if (process.env.TINGSU_URL && demo) return { url: process.env.TINGSU_URL, close: async () => {} }
  const folder = mkdtempSync(join(tmpdir(), 'tingsu-e2e-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const lines = []
  const server = spawn(binary(), ['serve', ...(demo ? ['--demo'] : []), '--addr', `127.0.0.1:${port}`, '--database', `sqlite://${join(folder, 'desk.db')}`])
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (data) => lines.push(String(data)))
  await untilReady(url, server, () => lines.join('').slice(-4000))
  const close = async () => {
    const ended = new Promise((resolve) => server.once('exit', resolve))
    server.kill('SIGTERM')
    const timer = setTimeout(() => server.kill('SIGKILL'), 5000)
    await ended
    clearTimeout(timer)
    rmSync(folder, { recursive: true, force: true })
  }
  return { url, close, output: () => lines.join('') }
}

export function openBrowser() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true, args: BROWSER_ARGUMENTS })
}

/** A page that fails the test at `settle` when anything was logged as an error. */
export async function openPage(browser, desk, { language = 'zh-CN', scheme = 'light', phone = false } = {}) {
  const viewport = phone ? { width: 390, height: 844 } : { width: 1440, height: 900 }
  const context = await browser.newContext({ locale: language, colorScheme: scheme, reducedMotion: 'reduce', viewport, baseURL: desk.url, timezoneId: 'Asia/Shanghai' })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  const errors = []
  // The browser reports every answer of 400 and above; the question who is logged in is rightly answered with 401.
  const expected = (message) => /status of 40[19]/.test(message.text())
  page.on('console', (message) => {
    if (message.type() === 'error' && !expected(message)) errors.push(message.text())
  })
  page.on('pageerror', (error) => errors.push(String(error)))
  // A status, or a name of the network's, that the test has provoked is no error of the page.
  page.settle = async ({ provoked = [] } = {}) => {
    const signs = [provoked].flat().map((one) => (typeof one === 'number' ? `status of ${one} ` : `net::${one}`))
    const left = errors.filter((error) => !signs.some((sign) => error.includes(sign)))
    assert.deepEqual(left, [], 'errors in the browser')
    await context.close()
  }
  return page
}

export async function logIn(page, login = 'specialist') {
  await page.goto('/login')
  await page.fill('#login', login)
  await page.fill('#password', PASSWORD)
  await page.click('button[type=submit]')
  await page.waitForURL('**/inbox**')
  await page.locator('a.row').first().waitFor()
}

/** What the accessibility rules find on the page as it is now. */
export async function findBarriers(page) {
  await settle(page)
  await page.evaluate(AXE)
  const { violations } = await page.evaluate((rules) => window.axe.run(document, { runOnly: rules }), RULES)
  return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 120)).join(' | ')}`)
}

/** Waits until what was asked for has been drawn; a page that has nothing to draw gets no frames, so not for ever. */
export function settle(page) {
  return page.evaluate(
    () =>
      new Promise((drawn) => {
        requestAnimationFrame(() => requestAnimationFrame(drawn))
        setTimeout(drawn, 1000)
      }),
  )
}

/** Keeps a picture of the page; `docs` names those that the README shows. */
export async function picture(page, name, { docs = false } = {}) {
  if (forDocs && !docs) return
  mkdirSync(pictures, { recursive: true })
  for (const toast of await page.locator('.toast button').all()) await toast.click().catch(() => {})
  await page.mouse.move(0, 0)
  await settle(page)
  const png = await page.screenshot()
  writeFileSync(join(pictures, `${name}.png`), forDocs ? shrinkPng(png) : png)
}
