// A list of a hundred thousand cases, made from the real rows of the desk and served without it: what the page itself can bear.

/** Answers every question for the list with its part of so many rows. */
export async function crowd(page, count) {
  const models = await page.evaluate(async () => (await (await fetch('/api/v1/cases?limit=60')).json()).items)
  const row = (index) => ({ ...models[index % models.length], id: `crowd-${index}`, number: `TS-${String(index).padStart(8, '0')}` })
  await page.route(/\/api\/v1\/cases\?/, (route) => {
    const query = new URL(route.request().url()).searchParams
    const skip = Number(query.get('skip') ?? 0)
    const length = Math.max(0, Math.min(Number(query.get('limit') ?? 60), count - skip))
    const items = Array.from({ length }, (_, at) => row(skip + at))
    return route.fulfill({ json: { items, next_cursor: null, total: count } })
  })
}
