/** Letters that answer a letter. A password never stands in one, and no machine's letter is answered. */
import type { Tx } from '../../kernel/db/index.ts'
import { type LetterSample, mailboxOf, type NewLetter, sendLetter, sendToOutsider } from '../../kernel/mail/index.ts'

/** Told once to a sender and day, however many letters come. */
const wrongSenderLetter = (to: string, day: string): NewLetter => ({
  to,
  subject: 'Заявку нужно отправить со служебной почты',
  paragraphs: [
    'Мы получили ваше письмо с просьбой о доступе. По правилам безопасности сотрудники государственных и муниципальных учреждений пишут в поддержку со служебной почты: адреса бесплатных почтовых сервисов не подходят.',
    'Отправьте заявку ещё раз со служебного адреса и укажите в ней служебный адрес: на него придут логин и ссылка, по которой вы придумаете пароль.',
    'Ваше письмо сохранено, но на этот адрес мы больше не ответим: по нему нельзя понять, кто пишет. Если служебной почты у вас нет, попросите руководителя написать с адреса организации.',
  ],
  uniqueKey: `letters:wrong-sender:${day}:${mailboxOf(to)}`,
})

type Refused = { to: string; letterId: string; reason: string; adding: boolean }

const refusedLetter = ({ to, letterId, reason, adding }: Refused): NewLetter => ({
  to,
  subject: adding ? 'Организацию не добавили в реестр' : 'По вашей заявке на доступ отказано',
  paragraphs: [
    `Оператор рассмотрел ${adding ? 'вашу просьбу добавить организацию и не смог её выполнить' : 'вашу заявку на доступ и не смог открыть учётную запись'}. Причина: ${reason}`,
    `Исправьте то, о чём сказано, и отправьте ${adding ? 'письмо' : 'заявку'} ещё раз.`,
  ],
  uniqueKey: `letters:refused:${letterId}`,
})

export const sendWrongSenderLetter = (tx: Tx, to: string, day: string) => sendLetter(tx, wrongSenderLetter(to, day))
export const sendRefusedLetter = (tx: Tx, refused: Refused) => sendToOutsider(tx, refusedLetter(refused))

/** For the gallery of letters. */
export async function letterSamples(): Promise<LetterSample[]> {
  const to = 'kedrov@dep.svetlorechye.example'
  const refused = { to, letterId: '00000000-0000-7000-8000-000000000000' }
  return [
    { name: 'letters.wrong-sender', letter: wrongSenderLetter('lipina@pochta.example', '2026-11-16') },
    {
      name: 'letters.refused',
      letter: refusedLetter({ ...refused, reason: 'В департаменте нет такого сотрудника', adding: false }),
    },
    {
      name: 'letters.adding-refused',
      letter: refusedLetter({ ...refused, reason: 'Такая организация уже есть в реестре', adding: true }),
    },
  ]
}
