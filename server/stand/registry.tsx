/** The stand's registry of passports: nobody in it exists, and its rules are told, so that every answer can be tried. */
import { Card, Facts, Page, Stack, Text } from '../../web/kit/index.ts'
import { pages } from '../kernel/http/index.ts'
import type { PersonToCheck, RegistryCheck } from '../modules/identity/index.ts'

type Rule = { when: string; told: string; refuses: (person: PersonToCheck) => boolean }

const rules: readonly Rule[] = [
  {
    when: 'Номер паспорта 000000',
    told: 'Паспорт с такими реквизитами не найден',
    refuses: ({ number }) => number === '000000',
  },
  {
    when: 'Дата рождения 1 января любого года',
    told: 'Дата рождения не совпадает с данными реестра',
    refuses: ({ birthDate }) => birthDate.endsWith('-01-01'),
  },
  {
    when: 'Код подразделения 000-000',
    told: 'Подразделения с таким кодом нет',
    refuses: ({ divisionCode }) => divisionCode === '000-000',
  },
]
const silentNumber = '999999'

export const standRegistry: RegistryCheck = {
  check: async (person) => {
    if (person.number === silentNumber) throw new Error('The registry of the stand was asked to be silent')
    const reasons = rules.filter(({ refuses }) => refuses(person)).map(({ told }) => told)
    return reasons.length > 0 ? { accepted: false, reasons } : { accepted: true }
  },
}

export const standRegistryPages = pages('/_stand/registry').get('/', { needs: 'public' }, async (ctx) => (
  <Page
    title="Реестр стенда"
    lead="Вымышленный реестр паспортов. По нему стенд проверяет персональные данные из профиля; на рабочей установке этой страницы нет."
    frame={ctx.frame}
  >
    <Card title="Как он отвечает">
      <Stack>
        <Text>
          Любой паспорт принимается, кроме этих. Если подошло несколько строк, реестр назовёт все причины сразу.
        </Text>
        <Facts
          facts={[
            ...rules.map(({ when, told }) => [when, `Не принимает: «${told}»`] as const),
            [`Номер паспорта ${silentNumber}`, 'Не отвечает: данные остаются «Проверяется», запрос повторяется'],
          ]}
        />
      </Stack>
    </Card>
  </Page>
))
