/** What is told when an organisation's one account is handed over. Titles are subjects of letters: they name nobody. */
import type { Told } from './messages.ts'

export type SeatOffer = {
  id: string
  organisationId: string
  organisationName: string
  byName: string
  toName: string
}

export const offered = ({ id, organisationName, byName }: SeatOffer): Told => ({
  kind: 'seat.offered',
  title: 'Вам передают единую учётную запись организации',
  body: `Организация: ${organisationName}.\n\nПередаёт ${byName}. Примите её или откажитесь: пока вы не ответили, ничего не меняется.`,
  href: `/seat-offers/${id}`,
  action: 'Ответить',
  sender: organisationName,
})

export const taken = ({ organisationId, organisationName }: SeatOffer): Told => ({
  kind: 'seat.handed-over',
  title: 'Единая учётная запись организации теперь у вас',
  body: `Организация: ${organisationName}. Вы её ответственный с этой минуты.\n\nСвоим паролем ни с кем не делитесь: когда дела примет другой, передайте организацию ему на её странице.`,
  href: `/organisations/${organisationId}`,
  action: 'Перейти к организации',
  sender: organisationName,
})

/** @param ended the rights of whoever reads it have ended with this */
export const given = ({ organisationName, toName }: SeatOffer, ended: boolean): Told => ({
  kind: 'seat.handed-over',
  title: 'Единая учётная запись организации передана',
  body: `Организация: ${organisationName}. Теперь её держит ${toName}.${ended ? ' Ваши права на неё закончились, учётная запись остаётся вашей.' : ''}`,
  href: '/cabinet',
  sender: organisationName,
})

export const refused = ({ organisationId, organisationName, toName }: SeatOffer): Told => ({
  kind: 'seat.refused',
  title: 'От единой учётной записи организации отказались',
  body: `Организация: ${organisationName}. ${toName} не принимает её; у вас ничего не изменилось. Предложите другому человеку.`,
  href: `/organisations/${organisationId}/seat`,
  sender: organisationName,
})
