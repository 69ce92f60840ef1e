// The first day: a desk without accounts is set up with the code that the server printed.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { findBarriers, openBrowser, openDesk, openPage, picture } from './support/desk.mjs'

let desk, browser, page

before(async () => {
  desk = await openDesk({ demo: false })
  browser = await openBrowser()
  page = await openPage(browser, desk)
})

after(async () => {
  await browser?.close()
  await desk?.close()
})

test('the door leads to the set-up, and a wrong code is refused with what to do', async () => {
  await page.goto('/')
  await page.waitForURL('**/setup')
  assert.deepEqual(await findBarriers(page), [])
  await page.getByLabel('设置码').fill('000000000000')
  await page.getByLabel('组织名称').fill('青屿商城')
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByLabel('姓名').fill('沈岸')
  await page.getByLabel('密码').fill('a long password')
  await page.getByRole('button', { name: '建立并登录' }).click()
  await page.getByText('设置码不对').waitFor()
})

test('with the right code the administrator is made and takes in the first complaint', async () => {
  const code = /setup#(\w+)/.exec(desk.output())?.[1]
  assert.ok(code, 'the server prints the code')
  await page.getByLabel('设置码').fill(code)
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByRole('button', { name: '建立并登录' }).click()
  await page.getByRole('heading', { name: '先看看' }).waitFor()
  assert.deepEqual(await findBarriers(page), [])
  await picture(page, 'setup')
  await page.getByRole('link', { name: '录入第一件' }).click()
  await page.locator('textarea').waitFor()
  await page.goto('/setup')
  await page.waitForURL((address) => !String(address).endsWith('/setup'))
  await page.settle({ provoked: 422 })
})

test('an empty desk teaches what to do next', async () => {
  const boss = await openPage(browser, desk)
  await boss.goto('/login')
  await boss.getByText('青屿商城').waitFor()
  await boss.fill('#login', 'admin')
  await boss.fill('#password', 'a long password')
  await boss.click('button[type=submit]')
  await boss.waitForURL('**/inbox**')
  for (const path of ['/board', '/customers', '/dashboard', '/conversations', '/insight/report', '/insight/silent', '/insight/outbreaks', '/insight/tree', '/settings/people']) {
    await boss.goto(path)
    await boss.locator('main').waitFor()
    await boss.locator('[aria-busy=true]').waitFor({ state: 'detached' })
    assert.ok((await boss.locator('main').innerText()).length > 10, `${path} is empty without a word`)
    assert.deepEqual(await findBarriers(boss), [], path)
  }
  await boss.settle()
})
