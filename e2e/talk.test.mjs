// A live conversation with the coach beside it, and an appeal that is filed and decided.
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

async function say(page, who, words) {
  await page.locator('form.say select').selectOption(who)
  await page.locator('form.say input').fill(words)
  await page.locator('form.say button').click()
  await page.locator('li.turn', { hasText: words }).waitFor()
}

test('forty conversations are inspected, one is coached live, one deduction is appealed', async () => {
  const page = await openPage(browser, desk, { language: 'zh-CN', scheme: 'light', phone: false })
  await logIn(page)
  await page.goto('/conversations')
  await page.locator('a.talk-row').first().waitFor()
  assert.equal(await page.locator('a.talk-row').count(), 40)
  assert.deepEqual(await findBarriers(page), [])
  await picture(page, 'talks')
  await page.locator('.talks > header button').click()
  await page.locator('form.say').waitFor()
  await say(page, 'customer', '洗衣机修了三次还是漏水，气死我了！')
  await page.locator('.coach .phrase').first().waitFor()
  await say(page, 'agent', '这个不归我们管，您找厂家吧。你脑子有问题吧。')
  await say(page, 'customer', '你骂谁呢！叫你们经理来！')
  assert.match(await page.locator('.coach .do').innerText(), /上级/)
  const deduction = page.locator('.inspection article', { hasText: '坐席辱骂客户' })
  await deduction.getByRole('button').click()
  await deduction.locator('input').fill('转写错误')
  await deduction.locator('form button').click()
  await deduction.getByText('转写错误').waitFor()
  // Somebody else decides, with a reason, and the points come back.
  const judge = await openPage(browser, desk, { language: 'zh-CN', scheme: 'light', phone: false })
  await logIn(judge, 'quality')
  await judge.goto(new URL(page.url()).pathname)
  const appealed = judge.locator('.inspection article', { hasText: '坐席辱骂客户' })
  await appealed.locator('input[name=answer]').fill('听过录音，没有这句话')
  await appealed.getByRole('button').first().click()
  await judge.getByText('申诉后撤回').waitFor()
  assert.equal(await judge.locator('.inspection article', { hasText: '坐席辱骂客户' }).count(), 0)
  await judge.close()
  assert.deepEqual(await findBarriers(page), [])
  await picture(page, 'talk')
  await page.settle()
})
