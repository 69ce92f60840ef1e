// Every page of the workbench: where it is, and what says that it is ready.
const INSIGHT = ['report', 'outbreaks', 'causes', 'tree', 'silent', 'satisfaction', 'lessons', 'economics', 'process']

async function openFirst(page, list, rows) {
  await page.goto(list)
  await page.locator(rows).first().click()
}

export const PAGES = [
  { name: 'inbox', open: (page) => page.goto('/inbox?state=open'), ready: 'a.row' },
  { name: 'search', open: (page) => page.goto('/inbox?q=%E9%80%80%E6%AC%BE'), ready: 'mark.found' },
  { name: 'intake', open: (page) => page.goto('/intake'), ready: 'textarea' },
  { name: 'import', open: (page) => page.goto('/import'), ready: '.drop' },
  { name: 'dashboard', open: (page) => page.goto('/dashboard'), ready: 'canvas' },
  { name: 'case', open: (page) => openFirst(page, '/inbox?state=open&sort=priority', 'a.row'), ready: 'p.evidence' },
  { name: 'talks', open: (page) => page.goto('/conversations'), ready: 'a[href^="/conversations/"]' },
  { name: 'talk', open: (page) => openFirst(page, '/conversations', 'a[href^="/conversations/"]'), ready: 'main h1' },
  ...INSIGHT.map((name) => ({ name: `insight-${name}`, open: (page) => page.goto(`/insight/${name}`), ready: 'main.insight[aria-busy=false]' })),
  { name: 'settings', open: (page) => page.goto('/settings'), ready: 'main h2' },
  { name: 'settings-guarantee', open: (page) => page.goto('/settings?document=guarantee.toml'), ready: 'main h2' },
  { name: 'board', open: (page) => page.goto('/board'), ready: 'main.board[aria-busy=false]' },
  { name: 'customers', open: (page) => page.goto('/customers'), ready: 'tbody tr' },
  { name: 'customer', open: (page) => openFirst(page, '/customers?open=true', 'tbody th a'), ready: 'main.customer dl' },
  { name: 'account', open: (page) => page.goto('/account'), ready: '#second-password' },
  ...['packs', 'people', 'tokens', 'channels', 'privacy', 'trail'].map((name) => ({
    name: `settings-${name}`,
    open: (page) => page.goto(`/settings/${name}`),
    ready: 'main.admin[aria-busy=false]',
  })),
  { name: 'lost', open: (page) => page.goto('/no/such/page'), ready: '.empty' },
]
