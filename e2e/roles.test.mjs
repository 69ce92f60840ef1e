// Each role sees the pages it may use, and no other: what is offered opens without a refusal, what is not says who may.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { findBarriers, logIn, openBrowser, openDesk, openPage, picture } from './support/desk.mjs'

let desk, browser

before(async () => {
  desk = await openDesk()
  browser = await openBrowser()
})

after(async () => {
  await browser?.close()
  await desk?.close()
})

const PAGES = [
  '/intake',
  '/import',
  '/board',
  '/customers',
  '/dashboard',
  '/conversations',
  ...['report', 'outbreaks', 'causes', 'tree', 'silent', 'satisfaction', 'lessons', 'economics', 'process'].map((name) => `/insight/${name}`),
  '/settings',
  ...['packs', 'people', 'tokens', 'channels', 'privacy', 'trail'].map((name) => `/settings/${name}`),
  '/account',
]

/** Waits until nothing on the page is still being asked for. */
const rested = (page) => page.waitForFunction(() => document.querySelector('main') && !document.querySelector('[aria-busy=true]'), null, { timeout: 60_000 })

/** What stays shut for a role; everything else is open. */
const SHUT = {
  agent: ['/board', '/insight/lessons', '/insight/economics', '/settings/people', '/settings/tokens', '/settings/channels', '/settings/privacy', '/settings/trail'],
  specialist: ['/board', '/insight/lessons', '/settings/people', '/settings/tokens', '/settings/channels', '/settings/privacy', '/settings/trail'],
  supervisor: ['/settings/channels', '/settings/trail'],
  quality: ['/intake', '/import', '/settings/people', '/settings/tokens', '/settings/channels', '/settings/privacy', '/settings/trail'],
  analyst: ['/intake', '/import', '/board', '/customers', '/conversations', '/insight/silent', '/settings', '/settings/people', '/settings/tokens', '/settings/channels', '/settings/privacy', '/settings/trail'],
  admin: [],
}

/** The paths that the rail and the tabs of a page lead to. */
const offered = (page) => page.locator('nav a').evaluateAll((links) => links.map((link) => new URL(link.href).pathname))

for (const [role, shut] of Object.entries(SHUT)) {
  test(`${role}: what is offered opens, what is shut says who may`, async () => {
    const page = await openPage(browser, desk)
    page.setDefaultTimeout(60_000)
    const refused = []
    page.on('response', (response) => {
      if (response.status() === 403) refused.push(`${new URL(page.url()).pathname}: ${response.request().method()} ${new URL(response.url()).pathname}`)
    })
    await logIn(page, role)
    const links = new Set()
    for (const path of PAGES) {
      await page.goto(path)
      await rested(page)
      const barred = await page.getByText('这个页面不对您的角色开放').count()
      assert.equal(barred > 0, shut.includes(path), `${path} is ${barred ? 'shut' : 'open'}`)
      for (const link of await offered(page)) links.add(link)
    }
    assert.deepEqual([...links].filter((link) => shut.includes(link)), [], 'a page is offered that is shut')
    // A case is open to everybody, with what the role may do upon it.
    await page.goto('/inbox?state=open')
    await page.locator('a.row').first().click()
    await page.locator('p.evidence').waitFor()
    await rested(page)
    assert.deepEqual(refused, [], 'a page asked for what its reader may not have')
    await page.settle()
  })
}

test('the sheet of keys, the keys and the palette know the role, too', async () => {
  const page = await openPage(browser, desk)
  await logIn(page, 'analyst')
  await page.keyboard.press('?')
  const sheet = page.getByRole('dialog', { name: '键盘快捷键' })
  await sheet.waitFor()
  assert.equal(await sheet.getByText('督办', { exact: true }).count(), 0)
  await page.keyboard.press('Escape')
  await sheet.waitFor({ state: 'detached' })
  await page.keyboard.press('Control+k')
  const box = page.getByRole('combobox', { name: '命令面板' })
  await box.fill('突发')
  await page.getByRole('option', { name: /突发/ }).first().waitFor()
  await box.fill('督办')
  await page.getByRole('option', { name: /督办/ }).waitFor({ state: 'detached' })
  await page.keyboard.press('Escape')
  await page.goto('/board')
  await page.getByText('这个页面不对您的角色开放').waitFor()
  assert.equal(new URL(page.url()).pathname, '/board', 'the address stays')
  assert.deepEqual(await findBarriers(page), [])
  await picture(page, 'barred')
  await page.settle()
})
