// Why the account was not changed, in the words of the server where it gave some.
import { Problem } from '@/api/client'

export function reasonOf(problem: unknown, t: (key: string) => string): string {
  if (!(problem instanceof Problem)) return t('error.unknown')
  if (problem.status === 0) return t('error.offline')
  return Object.values(problem.fields)[0] ?? problem.message
}
