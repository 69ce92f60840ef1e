// Two people at one desk: each sees what the other does, and nobody overwrites anybody.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { findBarriers, logIn, openBrowser, openDesk, openPage, picture } from './support/desk.mjs'

let desk, browser, one, other

before(async () => {
  desk = await openDesk()
  browser = await openBrowser()
  one = await openPage(browser, desk)
  other = await openPage(browser, desk)
  await logIn(one, 'specialist')
  await logIn(other, 'supervisor')
})

after(async () => {
  await browser?.close()
  await desk?.close()
})

const HOSTILE = '<img src=x onerror="window.hurt=1"><script>window.hurt=1</script>{{ 7*7 }} \u202E倒着写\u202C Z\u0351\u0352\u0353a\u0354l\u0355g\u0356o，我要退款！'

test('hostile words stay words, and a colleague sees the new case without asking', async () => {
  await one.goto('/intake')
  await one.locator('textarea').fill(HOSTILE)
  await one.getByRole('button', { name: /^立案/ }).click()
  await one.waitForURL('**/cases/**')
  const shown = await one.locator('p.evidence').textContent()
  assert.equal(shown, HOSTILE)
  assert.equal(await one.evaluate(() => window.hurt), undefined)
  await other.getByRole('button', { name: /件新的/ }).waitFor()
})

test('a change made elsewhere appears, and a change on old ground is stopped with what was missed', async () => {
  const address = new URL(one.url()).pathname
  await other.goto(address)
  await other.locator('p.evidence').waitFor()
  // The line to the second desk is cut, so that it works on what it has seen.
  await other.context().route('**/api/v1/cases/*', (route) => (route.request().method() === 'GET' ? route.abort() : route.continue()))
  await one.locator('h1').click()
  await one.keyboard.press('a')
  await one.getByLabel('首次响应', { exact: true }).press('Control+Enter')
  await one.locator('.path li[aria-current=step]', { hasText: '已首响' }).waitFor()

  await other.getByRole('radio', { name: '内部备注' }).click()
  await other.getByLabel('内部备注', { exact: true }).fill('我来跟进门店')
  await other.getByLabel('内部备注', { exact: true }).press('Control+Enter')
  const notice = other.getByRole('alert').filter({ hasText: '别人先动了这件案子' })
  await notice.waitFor()
  assert.deepEqual(await findBarriers(other), [])
  await picture(other, 'conflict')
  assert.equal(await other.getByLabel('内部备注', { exact: true }).inputValue(), '我来跟进门店', 'the words were lost')
  await notice.getByRole('button', { name: '按最新情况提交' }).click()
  await other.locator('blockquote', { hasText: '我来跟进门店' }).waitFor()
  await one.locator('blockquote', { hasText: '我来跟进门店' }).waitFor()
})

test('an expired session asks to log in and comes back to the same place', async () => {
  const address = new URL(one.url()).pathname
  await one.getByRole('radio', { name: '内部备注' }).click()
  await one.getByLabel('内部备注', { exact: true }).fill('写到一半')
  // Whatever the page asks for first finds out: the note that is sent, or an answer it was still waiting for.
  await one.context().clearCookies()
  await one.keyboard.press('Control+Enter')
  await one.waitForURL('**/login**')
  await one.fill('#login', 'specialist')
  await one.fill('#password', 'tingsu-demo')
  await one.click('button[type=submit]')
  await one.waitForURL(`**${address}`)
  await one.getByRole('radio', { name: '内部备注' }).click()
  assert.equal(await one.getByLabel('内部备注', { exact: true }).inputValue(), '写到一半', 'the draft was lost')
  await one.settle()
})
