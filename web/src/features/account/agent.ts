// What a browser says of itself, in a few words that a person knows.

const BROWSERS: [RegExp, string][] = [
  [/MicroMessenger/, 'WeChat'],
  [/Edg\//, 'Edge'],
  [/Firefox\//, 'Firefox'],
  [/(HeadlessChrome|Chrome|Chromium)\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]
const SYSTEMS: [RegExp, string][] = [
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
]

function known(table: [RegExp, string][], agent: string): string {
  return table.find(([pattern]) => pattern.test(agent))?.[1] ?? ''
}

/** Browser and system, or the beginning of what was said; empty when nothing was. */
export function agentName(agent: string): string {
  const names = [known(BROWSERS, agent), known(SYSTEMS, agent)].filter(Boolean)
  return names.length ? names.join(' · ') : agent.slice(0, 40)
}
