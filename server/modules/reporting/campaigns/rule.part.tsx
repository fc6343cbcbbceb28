/** One rule of an audience in the form of a campaign. */
import { organisationKinds, organisationLevels } from '../../../../contracts/organisations.ts'
import {
  Button,
  Checkbox,
  Checkboxes,
  capital,
  Disclosure,
  Group,
  Row,
  Select,
  Stack,
  TextArea,
} from '../../../../web/kit/index.ts'
import { kindNames, levelNames } from '../../organisations/index.ts'
import { chosenIn } from './audience.form.ts'
import type { CampaignFormProps, PartProps } from './campaign.page.tsx'

type RuleProps = PartProps & Pick<CampaignFormProps, 'places' | 'names'> & { index: number; rules: number }

export function Rule(props: RuleProps) {
  const { values, index, rules, errorOf } = props
  return (
    <Group
      id={`rule${index}`}
      title={rules > 1 ? `Кто отчитывается: правило ${index + 1}` : 'Кто отчитывается'}
      lead={index > 0 ? 'Участвует тот, кто подходит хотя бы под одно правило.' : undefined}
    >
      <Checkboxes
        name={`kinds${index}`}
        label="Тип организации"
        hint="Ничего не отмечено — любой"
        options={organisationKinds.map((value) => ({ value, text: capital(kindNames[value]) }))}
        values={chosenIn(values, `kinds${index}`)}
        error={errorOf(`kinds${index}`)}
      />
      <Stack>
        <Territory {...props} />
        <Closer {...props} />
        {rules > 1 ? (
          <Row>
            <Button
              size="small"
              kind="quiet"
              icon="bin"
              name="do"
              value={`drop-${index}`}
              about={`правило ${index + 1}`}
            >
              Убрать правило
            </Button>
          </Row>
        ) : null}
      </Stack>
    </Group>
  )
}

/** Those chosen stand as ticked boxes; the select adds one more. */
function Territory({ places, names, values, index, errorOf }: RuleProps) {
  const chosen = chosenIn(values, `places${index}`)
  return (
    <>
      {chosen.length > 0 ? (
        <Checkboxes
          name={`places${index}`}
          label="Территории и организации с подчинёнными"
          hint="Снимите отметку, чтобы убрать"
          options={chosen.map((value) => ({ value, text: names.get(value) ?? unknownName(value) }))}
          values={chosen}
        />
      ) : null}
      <Select
        name={`place${index}`}
        label={chosen.length > 0 ? 'Ещё территория' : 'Территория'}
        empty={chosen.length > 0 ? 'Больше никакой' : 'Вся, которая вам доступна'}
        options={places.filter(({ value }) => !chosen.includes(value))}
        error={errorOf(`place${index}`)}
      />
      <Row>
        <Button size="small" icon="plus" name="do" value="place" about={`правило ${index + 1}`}>
          Добавить территорию
        </Button>
      </Row>
    </>
  )
}

/** Of a region that is not one's own, or an organisation that is there no more. */
const unknownName = (value: string): string =>
  value.startsWith('region:') ? `Регион ${value.slice('region:'.length)}` : 'Организация, которой больше нет'

function Closer({ values, index, errorOf }: RuleProps) {
  const levels = chosenIn(values, `levels${index}`)
  const everybody = values[`all${index}`] !== undefined
  return (
    <Disclosure
      title="Точнее: уровень и подведомственность"
      open={levels.length > 0 || Boolean(values[`under${index}`]) || everybody}
    >
      <Checkboxes
        name={`levels${index}`}
        label="Уровень"
        hint="Ничего не отмечено — любой"
        options={organisationLevels.map((value) => ({ value, text: capital(levelNames[value]) }))}
        values={levels}
        error={errorOf(`levels${index}`)}
      />
      <TextArea
        name={`under${index}`}
        label="Вместе с подчинёнными"
        hint="ИНН организаций, которые участвуют со всеми, кто под ними"
        optional
        rows={1}
        value={values[`under${index}`]}
        error={errorOf(`under${index}`)}
      />
      <Checkbox
        name={`all${index}`}
        label="Все организации, которые вам доступны"
        hint="Если ни тип, ни территория, ни уровень не выбраны"
        checked={everybody}
      />
    </Disclosure>
  )
}
