import { DateField, formatDate } from '../../../../web/kit/index.ts'
import { type ChosenReports, ChosenReportsPage } from './chosen-reports.page.tsx'

export function ExtensionPage(props: ChosenReports) {
  const { ctx, campaign, name, failure } = props
  return (
    <ChosenReportsPage
      {...props}
      title="Продлить срок"
      lead={`Сбор ${name}, общий срок — ${formatDate(campaign.deadline, ctx.timeZone)}. Новый срок подействует только на выбранные отчёты.`}
      crumb="Продление срока"
      help="продление срока"
      failed="Срок не продлён"
      post="extensions"
      reason={{ hint: 'Организации увидят её такой, как вы написали', most: 1000 }}
      button="Продлить срок"
      cancel="Не продлевать"
      whom="Кому"
      list="Организации, которым продлевают срок"
    >
      <DateField
        name="until"
        label="Новый срок"
        hint="ДД.ММ.ГГГГ, до конца дня"
        value={failure?.values.until}
        error={failure?.problems.find(({ field }) => field === 'until')?.text}
      />
    </ChosenReportsPage>
  )
}
