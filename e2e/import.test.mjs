// Many complaints at once: a file looked at before it is brought in, stopped and taken up again, cut off and not lost; counts beside the filters; systems that are told.
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

/** A table with so many good rows, one without words and one from nowhere. */
function tableOf(name, rows) {
  const good = Array.from({ length: rows }, (_, at) => `${name}-${at},第${at + 1}台空调装好就不制冷，报修三次没人来,电话,顾客${at + 1}`)
  return ['编号,投诉内容,渠道,客户', ...good, `${name}-blank,,电话,某人`, `${name}-pigeon,快递三天没动,信鸽,某人`].join('\n')
}

async function choose(page, name, text) {
  await page.goto('/import')
  await page.setInputFiles('input[type=file]', { name, mimeType: 'text/csv', buffer: Buffer.from(text) })
}

test('a file is looked at, brought in, and not twice', async () => {
  const page = await openPage(browser, desk)
  await logIn(page)
  await choose(page, 'first.csv', tableOf('first', 30))
  await page.getByRole('heading', { name: '读到 30 件，2 行不能立案' }).waitFor()
  await page.getByText('没有客户的话，请补上').waitFor()
  await page.getByText('没有“信鸽”这种渠道', { exact: false }).waitFor()
  assert.deepEqual(await findBarriers(page), [])
  await picture(page, 'import-preview')
  await page.getByRole('button', { name: '导入 30 件' }).click()
  await page.getByText('已立案 30，原来就有 0，未成 0，共 30').waitFor()
  await choose(page, 'first.csv', tableOf('first', 30))
  await page.getByRole('button', { name: '导入 30 件' }).click()
  await page.getByText('已立案 0，原来就有 30，未成 0，共 30').waitFor()
  await page.getByRole('link', { name: '去收件箱' }).click()
  await page.locator('a.row').first().waitFor()
  await page.settle()
})

test('an import stops when told, and goes on where the network came back', async () => {
  const page = await openPage(browser, desk)
  await logIn(page)
  await choose(page, 'second.csv', tableOf('second', 60))
  let sent = 0
  // The second piece never arrives.
  await page.route('**/api/v1/imports', async (route) => {
    sent += 1
    return sent === 2 ? route.abort() : route.continue()
  })
  await page.getByRole('button', { name: '导入 60 件' }).click()
  await page.getByText('连不上服务器', { exact: false }).waitFor()
  await page.getByText('已立案 25，', { exact: false }).waitFor()
  await page.getByRole('button', { name: '继续导入剩下的 35 件' }).click()
  await page.getByText('已立案 60，原来就有 0，未成 0，共 60').waitFor()
  // Told to stop while a piece is under way: that piece is finished, the next is not begun.
  await page.unroute('**/api/v1/imports')
  let letGo
  const held = new Promise((resolve) => (letGo = resolve))
  await page.route('**/api/v1/imports', async (route) => {
    await held
    return route.continue()
  })
  await choose(page, 'third.csv', tableOf('third', 60))
  await page.getByRole('button', { name: '导入 60 件' }).click()
  await page.getByRole('button', { name: '停下' }).click()
  letGo()
  await page.getByRole('button', { name: '继续导入剩下的 35 件' }).waitFor()
  // The piece that was cut off is an error of the browser's own.
  await page.context().close()
})

test('a file without a known column of words asks for it', async () => {
  const page = await openPage(browser, desk)
  await logIn(page)
  await choose(page, 'odd.csv', '甲,乙\n一,二\n')
  await page.getByText('看不出哪一列是客户的话', { exact: false }).waitFor()
  await page.getByLabel('哪一列是客户的话').fill('乙')
  await page.getByRole('button', { name: '重新读' }).click()
  await page.getByRole('heading', { name: '读到 1 件，0 行不能立案' }).waitFor()
  await page.settle({ provoked: 422 })
})

test('a filter says how many each value would list', async () => {
  const page = await openPage(browser, desk)
  await logIn(page)
  await page.goto('/inbox?state=open')
  await page.locator('a.row').first().waitFor()
  await page.getByRole('button', { name: '投诉心理' }).click()
  const option = page.locator('.options label').filter({ hasText: '解决问题型' })
  const counted = await option.locator('.num').innerText()
  await option.locator('input').check()
  await page.waitForURL(/psychology=solve/)
  await page.locator('.count', { hasText: `${counted} 件` }).waitFor()
  await page.settle()
})

test('another system is told, paused and forgotten', async () => {
  const page = await openPage(browser, desk)
  await logIn(page, 'admin')
  await page.goto('/settings/channels')
  await page.getByText('还没有订阅', { exact: false }).waitFor()
  await page.getByLabel('送到哪里').fill('https://example.org/tingsu')
  await page.getByLabel('状态变化').check()
  await page.getByRole('button', { name: '添加订阅' }).click()
  await page.getByText('验签用的密钥', { exact: false }).waitFor()
  const row = page.getByRole('row').filter({ hasText: 'https://example.org/tingsu' })
  await row.getByText('通知中').waitFor()
  assert.deepEqual(await findBarriers(page), [])
  await row.getByRole('button', { name: '暂停' }).click()
  await row.getByText('已暂停').waitFor()
  await row.getByRole('button', { name: '发送记录' }).click()
  await page.getByText('还没有发送过', { exact: false }).waitFor()
  assert.deepEqual(await findBarriers(page), [])
  await page.getByRole('dialog').getByRole('button', { name: '关闭', exact: true }).last().click()
  await row.getByRole('button', { name: '删除' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '删除' }).click()
  await page.getByText('还没有订阅', { exact: false }).waitFor()
  await page.settle()
})
