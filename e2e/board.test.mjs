// Running the desk: the board decides where things stand, customers have rights, people and rules are changed with history.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { findBarriers, logIn, openBrowser, openDesk, openPage, picture } from './support/desk.mjs'

let desk, browser, agent, boss

before(async () => {
  desk = await openDesk()
  browser = await openBrowser()
  agent = await openPage(browser, desk)
  boss = await openPage(browser, desk)
  await logIn(agent, 'agent')
  await logIn(boss, 'admin')
})

after(async () => {
  await browser?.close()
  await desk?.close()
})

const TEXT = '充电宝用了两天就不充电，客服拖了一周不回，我要退款并赔偿 5000 元'

/** Calls the API with the session of a page. */
function post(page, path, body, version) {
  return page.evaluate(
    async ([to, sent, seen]) => {
      const me = await (await fetch('/api/v1/me')).json()
      const headers = { 'content-type': 'application/json', 'x-csrf-token': me.csrf, ...(seen === null ? {} : { 'if-match': `"${seen}"` }) }
      const answer = await fetch(`/api/v1${to}`, { method: 'POST', headers, body: JSON.stringify(sent) })
      return answer.json()
    },
    [path, body, version ?? null],
  )
}

/** A case whose proposal is beyond the agent's authority. */
async function askForApproval() {
  let one = await post(agent, '/cases', { text: TEXT, channel: 'phone', customer: { name: '钱多多', phone: '13700001111' } })
  for (const body of [
    { command: 'acknowledge' },
    { command: 'confirm_facets' },
    { command: 'propose', offers: [{ remedy: 'compensation', amount: '5000.00' }], summary: '全额退款并补偿误工', core_position: '最多 5000 元' },
  ]) {
    one = await post(agent, `/cases/${one.id}/commands`, body, one.version)
    assert.ok(one.id, JSON.stringify(one))
  }
  assert.equal(one.proposal.needs_approval, true)
  return one
}

const waiting = (number) => boss.locator('article.card', { hasText: number })

test('what waits for a decision is approved or sent back where it stands', async () => {
  const [first, second] = [await askForApproval(), await askForApproval()]
  await boss.goto('/board')
  await waiting(first.number).waitFor()
  assert.deepEqual(await findBarriers(boss), [])
  await picture(boss, 'board', { docs: true })

  await waiting(first.number).getByRole('button', { name: '批准' }).click()
  await waiting(first.number).waitFor({ state: 'detached' })

  await waiting(second.number).getByRole('button', { name: '退回' }).click()
  await waiting(second.number).getByLabel('要改什么、为什么').fill('请先核实发票')
  await waiting(second.number).getByRole('button', { name: '退回' }).click()
  await waiting(second.number).waitFor({ state: 'detached' })

  await agent.goto(`/cases/${second.id}`)
  await agent.getByText('方案被退回').first().waitFor()
  await agent.getByText('请先核实发票').first().waitFor()
})

test('every number of the board opens its cases, and each clock names its rule', async () => {
  await boss.goto('/board')
  const tile = boss.locator('a.tile', { hasText: '已超时' })
  const count = Number((await tile.locator('b').innerText()).replace(/\D/g, ''))
  assert.match(await boss.locator('.law').first().innerText(), /依据/)
  await tile.click()
  await boss.waitForURL('**/inbox**')
  if (count) await boss.getByText(`${count} 件`, { exact: false }).first().waitFor()
})

test('a customer is found by telephone, and consent, correction and erasure are on the page', async () => {
  await boss.goto('/customers')
  await boss.getByLabel('搜姓名、电话、邮箱').fill('13700001111')
  await boss.locator('tbody tr').first().waitFor()
  await boss.waitForFunction(() => document.querySelectorAll('tbody tr').length === 1)
  assert.ok(!(await boss.locator('tbody').innerText()).includes('13700001111'), 'masked')
  await boss.locator('tbody th a').click()
  await boss.locator('main.customer dl').waitFor()
  assert.deepEqual(await findBarriers(boss), [])

  await boss.getByLabel('怎么告知的').fill('电话中说明')
  await boss.locator('li', { hasText: '自动化判断' }).getByRole('button', { name: '记为拒绝' }).click()
  await boss.locator('li', { hasText: '自动化判断' }).getByText('拒绝', { exact: true }).waitFor()

  await boss.getByRole('button', { name: '更正' }).click()
  await boss.getByRole('dialog').getByLabel('称呼').fill('孙多多')
  await boss.getByRole('dialog').getByLabel('理由').fill('本人来电更正')
  await boss.getByRole('dialog').getByRole('button', { name: '更正' }).click()
  await boss.locator('h1', { hasText: '孙' }).waitFor()
  assert.equal(await boss.getByRole('button', { name: '删除' }).isDisabled(), true, 'not while a case is open')
})

test('a colleague gets an account, a role and a first password, and is shut out again', async () => {
  await boss.goto('/settings/people')
  await boss.getByRole('button', { name: '添加账号' }).click()
  const dialog = boss.getByRole('dialog')
  await dialog.getByLabel('姓名').fill('新同事')
  await dialog.getByLabel('登录名').fill('newcomer')
  await dialog.getByLabel('初始密码').fill('a first password')
  await dialog.getByRole('button', { name: '添加账号' }).click()
  const row = boss.locator('tr', { hasText: 'newcomer' })
  await row.waitFor()
  assert.deepEqual(await findBarriers(boss), [])

  const newcomer = await openPage(browser, desk)
  await newcomer.goto('/login')
  await newcomer.fill('#login', 'newcomer')
  await newcomer.fill('#password', 'a first password')
  await newcomer.click('button[type=submit]')
  await newcomer.waitForURL('**/inbox**')
  await row.getByRole('button', { name: '停用' }).click()
  await row.getByText('已停用').waitFor()
  await newcomer.goto('/inbox')
  await newcomer.waitForURL('**/login**')
  await newcomer.settle()
})

test('deadline rules are tried on open cases before they hold, and the change can be taken back', async () => {
  await boss.goto('/settings/packs')
  const pack = boss.locator('article.card', { hasText: '消费者权益保护法' }).first()
  await pack.getByRole('checkbox').check()
  await boss.getByRole('button', { name: '看看影响' }).click()
  await boss.getByText(/件的时限会变/).waitFor()
  await boss.getByRole('button', { name: '保存，立即生效' }).click()
  await pack.getByText('现行').waitFor()
  assert.deepEqual(await findBarriers(boss), [])
  await pack.getByRole('checkbox').uncheck()
  await boss.getByRole('button', { name: '看看影响' }).click()
  await boss.getByRole('button', { name: '保存，立即生效' }).click()
  await boss.getByRole('button', { name: '恢复' }).first().waitFor()
})

test('the trail tells who did what', async () => {
  await boss.goto('/settings/trail')
  await boss.getByText('更改时限规则').first().waitFor()
  await boss.getByText('添加账号').first().waitFor()
  await boss.getByLabel('在记录中查找').fill('更正')
  await boss.waitForFunction(() => [...document.querySelectorAll('tbody tr')].every((row) => row.textContent.includes('更正')))
  await agent.settle()
  await boss.settle()
})
