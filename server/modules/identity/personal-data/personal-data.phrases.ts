import type { CheckState } from '../../../../contracts/personal-data.ts'

export const personalDataNotices = { 'identity.personal-data-saved': 'Персональные данные сохранены' }

/** The state of the check, as its badge says it. */
export const stateWords: Record<CheckState, { tone: 'ok' | 'bad' | 'wait' | undefined; text: string }> = {
  'not-checked': { tone: undefined, text: 'Не проверялось' },
  checking: { tone: 'wait', text: 'Проверяется' },
  accepted: { tone: 'ok', text: 'Проверено' },
  refused: { tone: 'bad', text: 'Не принято' },
}

export const personalDataWords = {
  noRegistry:
    'Не проверялось: реестр не подключён. Данные сохранены; когда администратор подключит реестр, проверка пройдёт сама.',
  checking:
    'Данные сохранены и проверяются по реестру. Обычно это несколько секунд: итог придёт письмом и появится здесь.',
  registrySilent:
    'Реестр сейчас не отвечает. Данные сохранены, запрос повторится сам; итог придёт письмом. Делать ничего не нужно.',
  accepted: 'Реестр принял ваши данные.',
}
