import { Card, Timeline } from '../../../web/kit/index.ts'
import type { ApplicationType } from './application-type.ts'

/** @param letter of a visitor: its address is confirmed first */
export function WhatNext({ type, letter }: { type: ApplicationType; letter?: boolean }) {
  return (
    <Card title="Что будет дальше">
      <Timeline
        steps={[
          { title: 'Вы подаёте заявку', state: 'now', icon: 'pen' },
          ...(letter
            ? [
                {
                  title: 'Вы подтверждаете почту',
                  state: 'next' as const,
                  icon: 'mail' as const,
                  when: 'по ссылке из письма',
                },
              ]
            : []),
          { title: 'Проверка и решение', state: 'next', icon: 'clock', when: 'срок виден на странице заявки' },
          { title: 'Письмо с ответом', state: 'next', icon: 'mail', when: 'звонить не нужно' },
          { title: type.grant.done, state: 'next', when: 'сразу после решения' },
        ]}
      />
    </Card>
  )
}
