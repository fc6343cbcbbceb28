/** What pages of asking have in common. */
import { cabinetCrumb } from '../../../web/kit/index.ts'
import type { ApplicationType } from './application-type.ts'

export const asking = ({ kind }: Pick<ApplicationType, 'kind'>): string => `/applications/new/${kind}`

export const crumbsTo = (title?: string) => [
  cabinetCrumb,
  { text: 'Сервис заявок', href: '/applications' },
  ...(title ? [{ text: 'Подать заявку', href: '/applications/new' }, { text: title }] : [{ text: 'Подать заявку' }]),
]

export const helpOf = ({ help }: ApplicationType) => help ?? { href: '/guide/zayavki', text: 'заявки' }
