import { type PasswordProfile, passwordProfiles, shapeProblems, strengthOf } from '../../../contracts/password-rules.ts'
import { element, icon } from './elements.ts'

/** A pause after which a screen reader is told, and not at every key. */
const pause = 500

/** New passwords (`data-rule`): what the rule still asks for is said as it is typed; the hint says it all without us. */
export function sayStrength(): void {
  for (const input of document.querySelectorAll<HTMLInputElement>('input[data-rule]')) {
    const profile = passwordProfiles.find((known) => known === input.dataset.rule)
    if (profile) follow(input, profile)
  }
}

function follow(input: HTMLInputElement, profile: PasswordProfile): void {
  const id = `${input.id}-strength`
  const line = element('p', { id, role: 'status' })
  const field = input.closest('.field') ?? input
  field.append(line)
  input.setAttribute('aria-describedby', `${input.getAttribute('aria-describedby') ?? ''} ${id}`.trim())
  let timer = 0
  input.addEventListener('input', () => {
    clearTimeout(timer)
    timer = window.setTimeout(() => say(line, input.value, profile), pause)
  })
}

function say(line: HTMLElement, password: string, profile: PasswordProfile): void {
  const problems = password === '' ? [] : shapeProblems(password, profile)
  const good = problems.length === 0
  line.className = good ? 'ok-text' : 'hint'
  const text = good ? strengthOf(password, profile) : `Осталось: ${problems.join('; ')}`
  line.replaceChildren(...(password === '' ? [] : [...(good ? [icon('check')] : []), element('span', {}, text)]))
}
