import {
  type Reading,
  readEmail,
  readInn,
  readOgrn,
  readOkpo,
  readPhone,
  readSnils,
} from '../../../contracts/requisites.ts'
import { element, icon } from './elements.ts'

const readers: Record<string, (typed: string) => Reading> = {
  inn: readInn,
  ogrn: readOgrn,
  okpo: readOkpo,
  snils: readSnils,
  phone: readPhone,
  email: readEmail,
}

/**
 * Inputs marked `data-check` are checked as they are typed: right at once, wrong only when the person has gone on,
 * so that nobody is corrected in the middle of a number.
 */
export function checkRequisites(): void {
  document.addEventListener('input', (event) => check(event.target, 'typing'))
  document.addEventListener('change', (event) => check(event.target, 'done'))
}

function check(target: EventTarget | null, moment: 'typing' | 'done'): void {
  if (!(target instanceof HTMLInputElement)) return
  const read = readers[target.dataset.check ?? '']
  if (!read) return
  const { problem } = target.value.trim() === '' ? { problem: undefined } : read(target.value)
  const shown = target.getAttribute('aria-invalid') === 'true'
  if (problem === undefined || shown || moment === 'done') showProblem(target, problem)
  showAgreement(target, problem === undefined && target.value.trim() !== '')
}

function showProblem(input: HTMLInputElement, problem: string | undefined): void {
  const id = `${input.id}-error`
  document.getElementById(id)?.remove()
  input.closest('.field')?.classList.toggle('field-bad', problem !== undefined)
  describe(input, id, problem !== undefined)
  if (problem === undefined) {
    input.removeAttribute('aria-invalid')
    return
  }
  input.setAttribute('aria-invalid', 'true')
  const line = paragraph('error-text', id, 'stop', problem)
  line.setAttribute('role', 'status')
  input.before(line)
}

function showAgreement(input: HTMLInputElement, agrees: boolean): void {
  const id = `${input.id}-agrees`
  document.getElementById(id)?.remove()
  const told = agrees && !/phone|email/.test(input.dataset.check ?? '')
  describe(input, id, told)
  if (told) input.after(paragraph('ok-text', id, 'check', 'Контрольная цифра верна'))
}

function paragraph(look: string, id: string, shape: string, text: string): HTMLElement {
  return element('p', { class: look, id }, icon(shape), element('span', {}, text))
}

function describe(input: HTMLInputElement, id: string, present: boolean): void {
  const others = (input.getAttribute('aria-describedby') ?? '').split(' ').filter((other) => other && other !== id)
  input.setAttribute('aria-describedby', (present ? [id, ...others] : others).join(' '))
}
