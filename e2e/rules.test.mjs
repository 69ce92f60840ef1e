// What decides is changed by people: a first answer sent with one key, a word tried, saved and undone, a row of the guarantee.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { findBarriers, logIn, openBrowser, openDesk, openPage, picture } from './support/desk.mjs'

let desk, browser, page

before(async () => {
  desk = await openDesk()
  browser = await openBrowser()
  page = await openPage(browser, desk)
})

after(async () => {
  await browser?.close()
  await desk?.close()
})

const card = (heading) => page.locator('section.card', { has: page.getByRole('heading', { name: heading, exact: true }) })

/** Opens a case over the API with the session of the page. */
async function openCase(text, channel = 'chat') {
  return page.evaluate(
    async ([words, from]) => {
      const me = await (await fetch('/api/v1/me')).json()
      const headers = { 'content-type': 'application/json', 'x-csrf-token': me.csrf }
      const body = JSON.stringify({ text: words, channel: from, customer: { name: '赵铁柱先生', phone: '13812340000' } })
      return (await fetch('/api/v1/cases', { method: 'POST', headers, body })).json()
    },
    [text, channel],
  )
}

test('a first answer goes out with one key', async () => {
  await logIn(page)
  const one = await openCase('净水器装好第二天就漏水，三天了没人管，太气人了，要求退款 299 元')
  await page.goto(`/cases/${one.id}`)
  await card('首次响应').waitFor()
  await card('宁信其有').waitFor()
  await card('十项补救原则').waitFor()
  await page.locator('.advice').waitFor()
  assert.deepEqual(await findBarriers(page), [])
  await picture(page, 'first-answer')
  await page.keyboard.press('s')
  await card('首次响应').waitFor({ state: 'detached' })
  assert.equal(await page.locator('.path li[aria-current=step]').innerText(), '已首响')
})

test('a public complaint has two drafts', async () => {
  const one = await openCase('这家店态度太差，退款拖了七天没人管，大家避雷', 'review')
  await page.goto(`/cases/${one.id}`)
  await card('公开投诉').waitFor()
  assert.deepEqual(await findBarriers(page), [])
  await picture(page, 'public-complaint')
  await card('公开投诉').locator('button.draft').first().click()
  assert.match(await page.locator('textarea').inputValue(), /私信/)
})

test('a word is tried, saved and undone', async () => {
  await page.settle()
  page = await openPage(browser, desk)
  await logIn(page, 'admin')
  await page.keyboard.press('g')
  await page.keyboard.press('p')
  await page.getByRole('heading', { name: '规则', exact: true }).waitFor()
  const rule = page.locator('section.card').first()
  await rule.getByPlaceholder('加一个词').fill('按流程走')
  await rule.getByRole('button', { name: '加入' }).click()
  await page.getByRole('button', { name: '看看影响' }).click()
  await page.getByText(/最近 100 件案件中，\d+ 件会变/).waitFor()
  assert.deepEqual(await findBarriers(page), [])
  await picture(page, 'rules-words')
  await page.getByLabel('为什么改').fill('客户反感')
  await page.getByRole('button', { name: '保存，立即生效' }).click()
  await page.getByText('第 1 版', { exact: true }).waitFor()
  await page.getByRole('button', { name: '恢复' }).last().click()
  await page.getByText('第 2 版', { exact: true }).waitFor()
})

test('a row of the guarantee is tried on real cases', async () => {
  await page.getByLabel('哪一份').selectOption('guarantee.toml')
  await page.getByRole('heading', { name: '服务保证', exact: true }).waitFor()
  await page.getByLabel('投诉内容', { exact: true }).selectOption('service')
  await page.getByLabel('严重程度', { exact: true }).selectOption('2')
  await page.getByRole('button', { name: '去掉这一项' }).first().click()
  await page.getByRole('button', { name: '看看影响' }).click()
  await page.getByText(/最近 100 件案件中，[1-9]\d* 件会变/).waitFor()
  assert.deepEqual(await findBarriers(page), [])
  await picture(page, 'rules-guarantee')
  await page.getByRole('button', { name: '放弃改动' }).click()
  await page.getByLabel('哪一份').selectOption('house.toml')
  await page.getByLabel('文件原文').waitFor()
  await picture(page, 'rules-text')
  await page.settle()
})
