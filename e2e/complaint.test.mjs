// One complaint goes the whole way: told, understood, corrected, answered, made good, judged by the customer, counted.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { findBarriers, logIn, openBrowser, openDesk, openPage, picture } from './support/desk.mjs'

const WORDS =
  '上个月在你们店买的净水器，装好第二天就漏水，师傅说好三天修好，到现在来了三趟还在漏！每次打客服都说“马上安排”，没人负责。' +
  '299元的滤芯也泡坏了，我要退款，还要赔偿地板的损失。态度太差了，再不处理我就打12315，再发朋友圈曝光你们。我电话13800138000。'

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

const panel = (heading) => page.locator('section.card', { has: page.getByRole('heading', { name: heading, exact: true }) })
const facet = (name) => page.locator('li.facet', { has: page.locator('.name', { hasText: name }) })
const state = () => page.locator('.path li[aria-current=step]')

async function dashboard() {
  await page.keyboard.press('g')
  await page.keyboard.press('d')
  await page.locator('.tiles').waitFor()
  await page.locator('canvas').waitFor()
  const count = async (label) => {
    const text = await page.locator('.tile', { hasText: label }).locator('b').innerText()
    return Number(text.replaceAll(',', ''))
  }
  return { opened: await count('收到投诉'), detail: await page.locator('.tile', { hasText: '收到投诉' }).locator('.detail').innerText() }
}

async function command(name, fill = async () => {}) {
  await page.locator('header.head .btn.primary', { hasText: name }).click()
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  await fill(dialog)
  await dialog.getByRole('button', { name, exact: true }).click()
  const refused = dialog.getByRole('alert')
  await refused.or(page.locator('main:not(:has(dialog))')).first().waitFor()
  assert.equal(await refused.count(), 0, (await refused.allInnerTexts()).join(' '))
}

let counted

test('log in', async () => {
  await page.goto('/login')
  assert.deepEqual(await findBarriers(page), [])
  await picture(page, 'login', { docs: true })
  await logIn(page)
  assert.ok((await page.locator('a.row').count()) >= 10)
  assert.deepEqual(await findBarriers(page), [])
  await picture(page, 'inbox', { docs: true })
  counted = await dashboard()
})

test('the words are read while they are typed', async () => {
  await page.keyboard.press('c')
  const paper = page.getByLabel('客户原话')
  await paper.fill(WORDS)
  await facet('投诉心理').waitFor()
  const painted = page.locator('.under [data-facets]:not([data-facets=""])')
  await painted.first().waitFor()
  const quotes = (await painted.allInnerTexts()).filter((words) => WORDS.includes(words))
  assert.ok(quotes.length >= 4, `only ${quotes.length} pieces of evidence painted`)
  await page.getByText('拟好的首次回应').waitFor()
  await page.getByLabel('产品', { exact: true }).fill('净水器 W300')
  await page.getByLabel('客户称呼').fill('刘女士')
  assert.deepEqual(await findBarriers(page), [])
  await picture(page, 'intake', { docs: true })
})

test('a case is opened with evidence painted and personal data masked', async () => {
  await page.getByRole('button', { name: /^立案/ }).click()
  await page.waitForURL('**/cases/**')
  await state().filter({ hasText: '已接收' }).waitFor()
  const words = await page.locator('p.evidence').innerText()
  assert.ok(!words.includes('13800138000'), 'the telephone number is shown')
  assert.equal(Array.from(words).length, Array.from(WORDS).length, 'masking keeps the length')
  const row = facet('风险')
  await row.hover()
  const lit = page.locator('p.evidence mark[data-facets~="risks"]')
  assert.ok((await lit.count()) >= 1, 'no evidence of risks')
  const washed = await lit.first().evaluate((mark) => getComputedStyle(mark).backgroundColor)
  assert.notEqual(washed, 'rgba(0, 0, 0, 0)', 'hovering a facet does not light up its quote')
  assert.deepEqual(await findBarriers(page), [])
  await page.mouse.move(0, 0)
  await picture(page, 'case', { docs: true })
})

test('unmasking needs a reason and shows the words', async () => {
  await page.getByRole('button', { name: '查看原文' }).click()
  const dialog = page.getByRole('dialog')
  assert.ok(await dialog.getByRole('button', { name: '查看原文', exact: true }).isDisabled(), 'unmasked without a reason')
  await dialog.getByLabel(/查看理由/).fill('需要回电核实')
  await dialog.getByRole('button', { name: '查看原文', exact: true }).click()
  await page.locator('p.evidence', { hasText: '13800138000' }).waitFor()
})

test('the first answer goes out with one key', async () => {
  const reply = page.getByLabel('首次响应', { exact: true })
  const drafted = await reply.inputValue()
  assert.ok(drafted.length > 20, 'no first answer is drafted')
  const phrase = await page.locator('.phrases button span').first().innerText()
  await page.locator('h1').click()
  await page.keyboard.press('1')
  await page.waitForFunction((words) => document.activeElement?.value?.includes(words), phrase)
  assert.ok((await reply.inputValue()).includes(drafted), 'the phrase took the place of the draft')
  await reply.press('Control+Enter')
  await state().filter({ hasText: '已首响' }).waitFor()
  await panel('经过').getByText('发给客户').waitFor()
})

test('a facet is corrected in place and the plan follows', async () => {
  const row = facet('投诉心理')
  const before = await row.locator('.value b').first().innerText()
  const planBefore = await panel('应对方案').innerText()
  const wanted = before === '尊重型' ? '补偿型' : '尊重型'
  await row.getByRole('button', { name: /更正/ }).click()
  await row.getByRole('group', { name: '投诉心理' }).getByRole('button', { name: wanted }).click()
  await row.getByLabel('为什么更正').fill('客户最在意的是没人当回事')
  assert.deepEqual(await findBarriers(page), [])
  await picture(page, 'correction', { docs: true })
  await row.getByRole('button', { name: '更正', exact: true }).click()
  await row.locator('.value b', { hasText: wanted }).waitFor()
  await row.locator('.tier.person').waitFor()
  await state().filter({ hasText: '已厘清' }).waitFor()
  assert.notEqual(await panel('应对方案').innerText(), planBefore, 'the plan did not change')
})

test('a proposal is made within authority', async () => {
  await command('提出方案', async (dialog) => {
    const amount = dialog.getByLabel('金额').first()
    if (await amount.count()) await amount.fill('100.00')
    await dialog.getByLabel(/向客户怎么说/).fill('退还滤芯费用 100 元，三个工作日内到账；地板由我们请师傅周三上门查看。')
    await dialog.getByLabel(/核心立场/).fill('滤芯费用全退，地板损失以现场查看为准')
    assert.deepEqual(await findBarriers(page), [])
    await picture(page, 'proposal')
  })
  await state().filter({ hasText: '已提方案' }).waitFor()
  await panel('方案与结果').getByText('地板由我们请师傅周三上门查看').waitFor()
})

test('the case is closed with the verdict of the customer', async () => {
  await command('客户同意')
  await state().filter({ hasText: '已达成' }).waitFor()
  await command('执行补救', (dialog) => dialog.getByLabel('说明').fill('已退款 100 元'))
  await state().filter({ hasText: '已补救' }).waitFor()
  await command('核验结果')
  await state().filter({ hasText: '已核验' }).waitFor()
  await command('核实有效性', async (dialog) => {
    await dialog.getByRole('radio', { name: '是' }).click()
    await dialog.getByLabel(/理由/).fill('维修记录三次上门，属实')
  })
  await command('结案', async (dialog) => {
    await dialog.getByLabel('客户期望').fill('退款，有人负责')
    await dialog.getByLabel('客户实得').fill('退款 100 元，专人跟进')
    await dialog.getByRole('radio', { name: '符合期望' }).click()
    await dialog.getByRole('radio', { name: '4' }).click()
  })
  await state().filter({ hasText: '已结案' }).waitFor()
  await panel('方案与结果').getByText('满意度 4/5').waitFor()
  assert.deepEqual(await findBarriers(page), [])
  await picture(page, 'closed')
})

test('the dashboard has moved', async () => {
  const now = await dashboard()
  assert.equal(now.opened, counted.opened + 1)
  assert.notEqual(now.detail, counted.detail)
  assert.deepEqual(await findBarriers(page), [])
  await picture(page, 'dashboard', { docs: true })
  await page.settle()
})
