/** The fields of a roadmap, for a new one and for one that is changed. */
import { roadmapZones } from '../../../../contracts/roadmaps.ts'
import {
  DateField,
  ErrorSummary,
  FieldRow,
  Note,
  Select,
  TextArea,
  TextField,
  zoneName,
} from '../../../../web/kit/index.ts'
import type { FormFailure } from '../../../kernel/http/index.ts'

const zoneTowns: Record<(typeof roadmapZones)[number], string> = {
  'Europe/Moscow': 'Москва',
  'Europe/Kaliningrad': 'Калининград',
  'Europe/Samara': 'Самара',
  'Asia/Yekaterinburg': 'Екатеринбург',
  'Asia/Omsk': 'Омск',
  'Asia/Krasnoyarsk': 'Красноярск',
  'Asia/Irkutsk': 'Иркутск',
  'Asia/Yakutsk': 'Якутск',
  'Asia/Vladivostok': 'Владивосток',
  'Asia/Magadan': 'Магадан',
  'Asia/Kamchatka': 'Камчатка',
}

export function SettingsFieldset(props: { values: Readonly<Record<string, string>>; failure?: FormFailure }) {
  const { values, failure } = props
  const field = (name: string) => ({
    name,
    value: values[name],
    error: failure?.problems.find((problem) => problem.field === name)?.text,
  })
  return (
    <>
      <TextArea {...field('title')} label="Полное название" rows={2} maxLength={500} />
      <TextField
        {...field('shortTitle')}
        label="Короткое название"
        hint="Стоит в списках и в заголовке"
        maxLength={120}
      />
      <TextArea
        {...field('purpose')}
        label="Для чего она"
        hint="Два-три предложения: их увидит каждый на открытой странице"
        rows={4}
        maxLength={4000}
      />
      <TextField
        {...field('code')}
        label="Адрес открытой страницы"
        hint="Латинские буквы, цифры и дефис. Если изменить его позже, прежние ссылки перестанут открываться"
        autocomplete="off"
        maxLength={60}
        width={20}
      />
      <DateField {...field('startsOn')} label="Первый день" />
      <FieldRow>
        <DateField {...field('deadlineDay')} label="Срок: день" />
        <TextField {...field('deadlineTime')} label="Срок: время" hint="Например, 18:00" width="date" maxLength={5} />
      </FieldRow>
      <Select
        {...field('timeZone')}
        label="Часовой пояс"
        hint="В нём заканчивается срок и начинается день: мероприятие просрочено со дня после своего срока"
        options={roadmapZones.map((zone) => ({ value: zone, text: `${zoneTowns[zone]} (${zoneName(zone)})` }))}
      />
    </>
  )
}

/** What is wrong, above a form or instead of what a button should have done. */
export function Refused(props: {
  title: string
  failure: FormFailure | undefined
  /** The id of a field, when it is not its name. */
  idOf?: (field: string) => string
}) {
  const { title, failure, idOf = (field) => field } = props
  if (!failure) return null
  if (failure.message === undefined) {
    const errors = failure.problems.map(({ field, text }) => ({ field: idOf(field), text }))
    return <ErrorSummary title={title} errors={errors} />
  }
  return (
    <Note tone="bad" live="alert" title={title}>
      {failure.message}
    </Note>
  )
}
